/** Files: uploads in multipart form, their metadata, and their bytes behind a redirect as on a live site. */
import { createHmac } from 'node:crypto';
import { callerOf, type RouteSet } from '../app.ts';
import { requireRoom, touch } from '../commenting.ts';
import { findIssue, type Jira } from '../context.ts';
import { JiraError, refusal } from '../errors.ts';
import { attachmentEvent } from '../events.ts';
import { attachmentShape } from '../hanging.ts';
import type { Attachment, Issue, User } from '../model.ts';

/** Bytes that one file may have, as a new site allows. */
export const uploadLimit = 1_000_000_000;
const filesPerRequest = 60;

export const attachmentRoutes: RouteSet = (routes, jira) => {
  routes.post('/rest/api/3/issue/:issue/attachments', async call => {
    const caller = callerOf(call);
    if (!/^(no-check|nocheck)$/i.test(call.req.header('X-Atlassian-Token') ?? ''))
      throw refusal(403, 'XSRF check failed');
    const issue = findIssue(jira, caller, call.req.param('issue'));
    jira.access.require(
      caller,
      'CREATE_ATTACHMENTS',
      jira.world.projectOf(issue),
      'You do not have permission to create attachments for this issue.',
    );
    if (!/^multipart\/form-data/i.test(call.req.header('Content-Type') ?? '')) {
      throw refusal(415, 'The request must be multipart/form-data.');
    }
    const form = await call.req.raw.formData().catch(() => {
      throw refusal(400, 'The multipart request could not be read.');
    });
    const files = form.getAll('file').filter(item => item instanceof File);
    if (files.length === 0) throw refusal(400, 'No file was found in the request; the part must be named `file`.');
    if (files.length > filesPerRequest)
      throw refusal(413, `A maximum of ${filesPerRequest} files can be attached at once.`);
    requireRoom(jira.state.attachments(issue.id).length + files.length - 1, 2000, 'attachments');
    const now = jira.now();
    const made: Attachment[] = [];
    for (const file of files) {
      if (file.size > uploadLimit) throw refusal(413, 'The file is too large to be attached.');
      const attachment: Attachment = {
        id: String(jira.state.next('attachment', 10_001)),
        issueId: issue.id,
        filename: file.name,
        mimeType: file.type === '' ? 'application/octet-stream' : file.type,
        author: caller.accountId,
        created: now,
        bytes: new Uint8Array(await file.arrayBuffer()),
      };
      jira.state.putAttachment(attachment);
      made.push(attachment);
    }
    touch(jira, issue, now);
    for (const attachment of made) jira.emit(attachmentEvent(jira, caller, 'created', issue, attachment));
    return call.json(made.map(attachment => attachmentShape(jira, attachment, caller)));
  });

  routes.get('/rest/api/3/attachment/meta', call => call.json({ enabled: true, uploadLimit }));

  routes.get('/rest/api/3/attachment/content/:id', call => {
    const { attachment } = findAttachment(jira, callerOf(call), call.req.param('id'));
    if (call.req.query('redirect') === 'false') return bytesOf(attachment, call.req.header('Range'));
    const Location = jira.world.url(`/media/${attachment.id}?token=${mediaToken(jira, attachment.id)}`);
    return new Response(null, { status: 303, headers: { Location } });
  });

  /** Where the redirect leads: a signed address that needs no sign-in, on a live site at another host. */
  routes.get('/media/:id', call => {
    const attachment = jira.state.attachment(call.req.param('id'));
    if (!attachment || call.req.query('token') !== mediaToken(jira, attachment.id)) throw refusal(403, 'Forbidden');
    return bytesOf(attachment, call.req.header('Range'));
  });

  routes.get('/rest/api/3/attachment/:id', call => {
    const { attachment } = findAttachment(jira, callerOf(call), call.req.param('id'));
    // Here, and only here, the id is a number.
    return call.json({ ...attachmentShape(jira, attachment, callerOf(call)), id: Number(attachment.id) });
  });

  routes.delete('/rest/api/3/attachment/:id', call => {
    const caller = callerOf(call);
    const { attachment, issue } = findAttachment(jira, caller, call.req.param('id'));
    const project = jira.world.projectOf(issue);
    const own = attachment.author === caller.accountId && jira.access.has(caller, 'DELETE_OWN_ATTACHMENTS', project);
    if (!own && !jira.access.has(caller, 'DELETE_ALL_ATTACHMENTS', project)) {
      throw refusal(403, 'You do not have permission to delete this attachment.');
    }
    jira.state.removeAttachment(attachment.id);
    touch(jira, issue, jira.now());
    jira.emit(attachmentEvent(jira, caller, 'deleted', issue, attachment));
    return call.body(null, 204);
  });
};

const mediaToken = (jira: Jira, id: string): string =>
  createHmac('sha256', jira.world.site.cloudId).update(id).digest('base64url');

function findAttachment(
  jira: Jira,
  caller: User,
  id: string,
): { readonly attachment: Attachment; readonly issue: Issue } {
  const attachment = jira.state.attachment(id);
  const issue = attachment && jira.state.issue(attachment.issueId);
  if (!attachment || !issue || !jira.access.sees(caller, jira.world.projectOf(issue))) {
    throw refusal(404, `The attachment with id '${id}' does not exist`);
  }
  return { attachment, issue };
}

function bytesOf(attachment: Attachment, range: string | undefined): Response {
  const { bytes } = attachment;
  const headers = {
    'Content-Type': attachment.mimeType,
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(attachment.filename)}`,
    'Accept-Ranges': 'bytes',
  };
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range ?? '');
  if (!asked || (asked[1] === '' && asked[2] === '')) return new Response(bytes, { headers });
  const start = asked[1] === '' ? Math.max(0, bytes.length - Number(asked[2])) : Number(asked[1]);
  const end = asked[1] === '' || asked[2] === '' ? bytes.length - 1 : Math.min(Number(asked[2]), bytes.length - 1);
  if (start > end) {
    throw new JiraError(
      416,
      { errorMessages: ['The range cannot be satisfied.'], errors: {} },
      { 'Content-Range': `bytes */${bytes.length}` },
    );
  }
  return new Response(bytes.slice(start, end + 1), {
    status: 206,
    headers: { ...headers, 'Content-Range': `bytes ${start}-${end}/${bytes.length}` },
  });
}

/** P1: one record, one comment, one file never has two copies on the other side, and after a while it has one. */
import { linesOf } from '../../kit/scenario.ts';
import { meetsRule } from '../program.ts';
import { attentionOf, type Broken, linksOf, type Promised } from './promise.ts';

export const oneIssueEach: Promised = async seen => {
  const { people, program } = seen;
  const links = linksOf(seen);
  const issues = [...seen.issues.values()];
  const broken: Broken[] = [];
  const say = (what: string) => broken.push({ promise: 'P1', what });
  const linked = new Set(links.map(({ issueId }) => issueId));
  for (const { id, key } of issues)
    if (!linked.has(id)) say(`issue ${key} has no record: it was made twice, or forgotten`);
  for (const [at, id] of people.ledger.records.entries()) {
    const own = links.filter(({ record }) => record === id);
    const record = (await people.record(id))!;
    const seenBy = program.where?.holds(record) ?? true;
    const due = seenBy && (program.create === 'all' || meetsRule(program, record));
    // It may have met the condition for a while only, and then a cycle may or may not have looked.
    const may = seenBy && (program.create === 'all' || people.ledger.wanted.has(id));
    if (own.length > 1) say(`case ${at + 1} has the issues ${own.map(({ issueKey }) => issueKey).join(' and ')}`);
    if (own.length === 0 && due) broken.push({ promise: 'P6', what: `case ${at + 1} has no issue` });
    if (own.length > 0 && !may)
      broken.push({ promise: 'P6', what: `case ${at + 1} has an issue that nothing asked for` });
  }
  for (const { id, cause } of attentionOf(seen)) {
    broken.push({ promise: 'P7', what: `attention is left although all is well: ${id}: ${cause}` });
  }
  return broken;
};

export const oneCommentEach: Promised = async seen => {
  const { people, program } = seen;
  const links = linksOf(seen);
  const { issues } = seen;
  const comments = await people.query<{ ParentId: string; CommentBody: string; IsPublished: boolean }>(
    'SELECT ParentId, CommentBody, IsPublished FROM CaseComment LIMIT 2000',
  );
  const broken: Broken[] = [];
  for (const { token, side, thing, hidden } of people.ledger.said) {
    const link = links.find(({ record, issueId }) => (side === 'jira' ? issueId : record) === thing);
    if (link === undefined) continue;
    const inSalesforce = comments.filter(({ CommentBody }) => CommentBody.includes(token));
    const inJira = (issues.get(link.issueId)?.fields.comment.comments ?? []).filter(({ body }) =>
      linesOf(body).includes(token),
    );
    const travels = program.comments !== undefined && (side === 'salesforce' || !hidden || program.comments.internal);
    const [own, other] = side === 'jira' ? [inJira, inSalesforce] : [inSalesforce, inJira];
    const wanted = travels ? 1 : 0;
    if (own.length !== 1) broken.push({ promise: 'P1', what: `${token} stands ${own.length} times where it was said` });
    if (other.length !== wanted) {
      const promise = other.length > wanted ? 'P1' : 'P2';
      broken.push({
        promise,
        what: `${token}, said in ${side}, has ${other.length} copies on the other side, not ${wanted}`,
      });
    }
    if (side === 'jira' && hidden && inSalesforce.some(({ IsPublished }) => IsPublished)) {
      broken.push({ promise: 'P9', what: `${token} is internal in Jira and published in Salesforce` });
    }
    if (side === 'salesforce' && hidden && inJira.some(({ jsdPublic }) => jsdPublic !== false)) {
      broken.push({ promise: 'P9', what: `${token} is unpublished in Salesforce and public in Jira` });
    }
  }
  return broken;
};

export const oneFileEach: Promised = async seen => {
  const { people, program } = seen;
  const links = linksOf(seen);
  const { issues } = seen;
  const broken: Broken[] = [];
  for (const { name, side, thing } of people.ledger.filed) {
    const link = links.find(({ record, issueId }) => (side === 'jira' ? issueId : record) === thing);
    if (link === undefined) continue;
    const documents = await people.query<{ ContentDocument: { LatestPublishedVersion: { PathOnClient: string } } }>(
      `SELECT ContentDocument.LatestPublishedVersion.PathOnClient FROM ContentDocumentLink WHERE LinkedEntityId = '${link.record}'`,
    );
    const inSalesforce = documents.filter(
      ({ ContentDocument }) => ContentDocument.LatestPublishedVersion.PathOnClient === name,
    ).length;
    const inJira = (issues.get(link.issueId)?.fields.attachment ?? []).filter(
      ({ filename }) => filename === name,
    ).length;
    const [own, other] = side === 'jira' ? [inJira, inSalesforce] : [inSalesforce, inJira];
    const wanted = program.files ? 1 : 0;
    if (own !== 1) broken.push({ promise: 'P1', what: `${name} is there ${own} times where it was attached` });
    if (other !== wanted) {
      const promise = other > wanted ? 'P1' : 'P2';
      broken.push({
        promise,
        what: `${name}, attached in ${side}, has ${other} copies on the other side, not ${wanted}`,
      });
    }
  }
  return broken;
};

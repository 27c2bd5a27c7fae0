import { describe, expect, it } from 'vitest';
import { siteAnswers } from '../../test/kit/metadata.ts';
import { jiraMetadata, jiraType } from './jira.ts';

const standard = 'com.atlassian.jira.plugin.system.customfieldtypes:';

describe('types of Jira fields', () => {
  it.each([
    ['summary', { type: 'string', system: 'summary' }, 'text'],
    ['description', { type: 'string', system: 'description' }, 'rich-text'],
    ['environment', { type: 'string', system: 'environment' }, 'rich-text'],
    ['c', { type: 'string', custom: `${standard}textfield` }, 'text'],
    ['c', { type: 'string', custom: `${standard}textarea` }, 'rich-text'],
    ['c', { type: 'string', custom: `${standard}url` }, 'url'],
    ['c', { type: 'string', custom: `${standard}readonlyfield` }, 'other'],
    ['c', { type: 'number', custom: `${standard}float` }, 'number'],
    ['c', { type: 'option', custom: `${standard}radiobuttons` }, 'option'],
    ['c', { type: 'array', items: 'option', custom: `${standard}multicheckboxes` }, 'options'],
    ['c', { type: 'option-with-child', custom: `${standard}cascadingselect` }, 'cascading-option'],
    ['c', { type: 'array', items: 'user', custom: `${standard}multiuserpicker` }, 'users'],
    ['labels', { type: 'array', items: 'string', system: 'labels' }, 'labels'],
    ['components', { type: 'array', items: 'component', system: 'components' }, 'components'],
    ['parent', {}, 'parent'],
    ['status', { type: 'status', system: 'status' }, 'other'],
    ['c', { type: 'string', custom: `${standard}importid` }, 'other'],
    ['c', { type: 'date', custom: `${standard}datepicker` }, 'date'],
    ['c', { type: 'datetime', custom: `${standard}datetime` }, 'datetime'],
    ['c', { type: 'option', custom: `${standard}select` }, 'option'],
    ['c', { type: 'array', items: 'option', custom: `${standard}multiselect` }, 'options'],
    ['c', { type: 'user', custom: `${standard}userpicker` }, 'user'],
    ['c', { type: 'group', custom: `${standard}grouppicker` }, 'group'],
    ['c', { type: 'array', items: 'group', custom: `${standard}multigrouppicker` }, 'groups'],
    ['c', { type: 'array', items: 'string', custom: `${standard}labels` }, 'labels'],
    ['c', { type: 'array', items: 'version', custom: `${standard}multiversion` }, 'versions'],
    ['fixVersions', { type: 'array', items: 'version', system: 'fixVersions' }, 'versions'],
    ['c', { type: 'version', custom: `${standard}version` }, 'version'],
    ['priority', { type: 'priority', system: 'priority' }, 'priority'],
    ['assignee', { type: 'user', system: 'assignee' }, 'user'],
    ['c', { type: 'project', custom: `${standard}project` }, 'project'],
    ['resolution', { type: 'resolution', system: 'resolution' }, 'named'],
    ['issuetype', { type: 'issuetype', system: 'issuetype' }, 'named'],
    ['security', { type: 'securitylevel', system: 'security' }, 'named'],
    ['timetracking', { type: 'timetracking', system: 'timetracking' }, 'other'],
    ['comment', { type: 'comments-page', system: 'comment' }, 'other'],
    ['attachment', { type: 'array', items: 'attachment', system: 'attachment' }, 'other'],
    ['issuelinks', { type: 'array', items: 'issuelinks', system: 'issuelinks' }, 'other'],
    ['c', { type: 'any', custom: 'com.pyxis.greenhopper.jira:gh-epic-link' }, 'other'],
    ['c', { type: 'any', custom: 'com.pyxis.greenhopper.jira:gh-lexo-rank' }, 'other'],
    ['c', { type: 'string', custom: 'com.pyxis.greenhopper.jira:gh-epic-label' }, 'text'],
    ['c', { type: 'sd-customerrequesttype', custom: 'com.atlassian.servicedesk:vp-origin' }, 'other'],
    ['c', { type: 'array', items: 'user', custom: 'com.atlassian.servicedesk:sd-request-participants' }, 'users'],
    ['c', { type: 'array', items: 'json', custom: 'com.pyxis.greenhopper.jira:gh-sprint' }, 'other'],
    ['c', { type: 'string', custom: 'com.example.app:anything' }, 'other'],
    ['c', { type: 'number', custom: 'com.pyxis.greenhopper.jira:jsw-story-points' }, 'number'],
  ])('%s %o is %s', (id, schema, type) => expect(jiraType(id, schema)).toBe(type));
});

describe('Jira metadata', () => {
  const jira = jiraMetadata(siteAnswers);
  it('I-5 says what each issue type requires and offers', () => {
    const ops = jira.projects.find(({ key }) => key === 'OPS');
    const [task] = ops!.issueTypes;
    expect(task?.fields.filter(({ required }) => required).map(({ id }) => id)).toEqual([
      'customfield_10042',
      'summary',
    ]);
    expect(task?.fields.find(({ id }) => id === 'customfield_10042')?.allowedValues?.map(({ name }) => name)).toEqual([
      'Major',
      'Minor',
    ]);
  });
  it('gives statuses their category and issue types their workflow', () => {
    const incident = jira.projects.find(({ key }) => key === 'SUP')?.issueTypes.find(({ name }) => name === 'Incident');
    expect(incident?.statuses).toEqual(['10000', '10001', '10002', '10003']);
    expect(jira.statuses.map(({ category }) => category)).toEqual(['new', 'indeterminate', 'indeterminate', 'done']);
  });
  it('survives answers of the wrong shape', () => {
    const odd = {
      projects: [null, { key: 'X' }],
      createFields: { X: { 1: [7] } },
      projectStatuses: {},
      fields: ['x', {}],
    };
    expect(jiraMetadata(odd as never).projects.map(({ key }) => key)).toEqual(['X']);
  });
});

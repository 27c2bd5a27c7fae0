/**
 * What the org holds at the start: its people and settings always, and the demo world unless it is asked to be empty.
 * The same every time; dates lie before the clock's start and move with it.
 */

import { accounts, cases, contacts, followUps, leads, opportunities, visits } from './demo-data.ts';
import type { Org } from './org.ts';
import { createRecords } from './records.ts';
import type { SaveContext } from './saving.ts';
import type { Scalar, State } from './state.ts';

const hour = 3_600_000;
const day = 24 * hour;

type Values = Readonly<Record<string, Scalar>>;

/** Organization, users, queues and status tables; answers the ids that sessions need. */
export function seedOrg(state: State, start: number): { readonly orgId: string; readonly userId: string } {
  const { catalogue } = state;
  const records = createRecords(
    state,
    () => ({ catalogue, view: {}, hides: () => false }),
    () => undefined,
  );
  const save: SaveContext = { now: start - 400 * day, userId: '' };
  const profile = (name: string, values: Values = {}) =>
    records.write('Profile', save, { Name: name, UserType: 'Standard', ...values }).id;
  const admin = profile('System Administrator');
  const integrationProfile = profile('Minimum Access - API Only Integrations', { UserType: 'Standard' });
  const standard = profile('Standard User');
  const role = records.write('UserRole', save, { Name: 'Customer Support', DeveloperName: 'Customer_Support' }).id;
  const user = (first: string, last: string, alias: string, values: Values): string =>
    records.write('User', save, {
      FirstName: first,
      LastName: last,
      Alias: alias,
      Username: `${alias}@bridge.example`,
      Email: `${alias}@bridge.example`,
      CommunityNickname: alias,
      IsActive: true,
      UserType: 'Standard',
      TimeZoneSidKey: 'GMT',
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
      ...values,
    }).id;
  const userId = user('Bridge', 'Integration', 'integ', { ProfileId: integrationProfile, Title: 'Integration user' });
  for (const person of [
    { first: 'Ada', last: 'Admin', alias: 'admin', profile: admin },
    { first: 'Sam', last: 'Support', alias: 'agent', profile: standard },
    { first: 'Priya', last: 'Support', alias: 'priya', profile: standard },
  ])
    user(person.first, person.last, person.alias, { ProfileId: person.profile, UserRoleId: role });
  user('Former', 'Colleague', 'former', { ProfileId: standard, IsActive: false });

  const org = records.write(
    'Organization',
    { ...save, userId },
    {
      Name: 'Bridge Demo',
      PrimaryContact: 'Ada Admin',
      Country: 'US',
      DefaultLocaleSidKey: 'en_US',
      TimeZoneSidKey: 'GMT',
      LanguageLocaleKey: 'en_US',
      FiscalYearStartMonth: 1,
      OrganizationType: 'Developer Edition',
      InstanceName: 'LOCAL',
      IsSandbox: true,
      DefaultAccountAccess: 'Edit',
      DefaultContactAccess: 'ControlledByParent',
      DefaultOpportunityAccess: 'Edit',
      DefaultLeadAccess: 'ReadEditTransfer',
      DefaultCaseAccess: 'ReadEditTransfer',
      WebToCaseDefaultOrigin: 'Web',
      UiSkin: 'Theme3',
    },
  );
  const seeded = { ...save, userId };
  records.write('Group', seeded, { Name: 'Tier 2', DeveloperName: 'Tier_2', Type: 'Queue', OwnerId: org.id });
  records.write('Pricebook2', seeded, { Name: 'Standard Price Book', IsActive: true, IsStandard: true });

  const statuses = (object: string, field: string, status: string, facts: (value: string) => Values): void => {
    if (!catalogue.object(status)) return;
    const values = catalogue.object(object)?.field(field)?.values ?? [];
    const told = values.some(entry => entry.closed !== undefined);
    values.forEach((entry, at) => {
      records.write(status, seeded, {
        MasterLabel: entry.label,
        ApiName: entry.value,
        SortOrder: at + 1,
        ...(catalogue.object(status)?.field('IsDefault') ? { IsDefault: entry.default } : {}),
        ...facts(entry.value),
        ...(told && catalogue.object(status)?.field('IsClosed') ? { IsClosed: entry.closed === true } : {}),
      });
    });
  };
  statuses('Case', 'Status', 'CaseStatus', value => ({ IsClosed: value === 'Closed' }));
  statuses('Task', 'Status', 'TaskStatus', value => ({ IsClosed: value === 'Completed' }));
  statuses('Lead', 'Status', 'LeadStatus', value => ({ IsConverted: value === 'Closed - Converted' }));
  statuses('Contract', 'Status', 'ContractStatus', value => ({
    StatusCode: value === 'In Approval Process' ? 'InApproval' : value,
  }));
  statuses('Order', 'Status', 'OrderStatus', value => ({ StatusCode: value }));
  statuses('Opportunity', 'StageName', 'OpportunityStage', value => stageFacts[value] ?? {});
  state.raise('number:Case', 1000);
  state.raise('number:Contract', 99);
  state.raise('number:Order', 99);
  return { orgId: org.id, userId };
}

const stage = (probability: number, category = 'Pipeline', categoryName = category): Values => ({
  IsActive: true,
  IsClosed: category === 'Closed' || category === 'Omitted',
  IsWon: category === 'Closed',
  DefaultProbability: probability,
  ForecastCategory: category,
  ForecastCategoryName: categoryName,
});

const stageFacts: Readonly<Record<string, Values>> = {
  Prospecting: stage(10),
  Qualification: stage(10),
  'Needs Analysis': stage(20),
  'Value Proposition': stage(50),
  'Id. Decision Makers': stage(60),
  'Perception Analysis': stage(70),
  'Proposal/Price Quote': stage(75, 'BestCase', 'Best Case'),
  'Negotiation/Review': stage(90, 'Forecast', 'Commit'),
  'Closed Won': stage(100, 'Closed'),
  'Closed Lost': stage(0, 'Omitted'),
};

/** 20 accounts with their contacts, 60 cases with comments, posts and files, and some of everything else. */
export function seedDemo({ records, state, userId }: Org, start: number): void {
  const at = (daysAgo: number, hoursAgo = 0): SaveContext => ({ now: start - daysAgo * day - hoursAgo * hour, userId });
  const people = [...state.scan('User')].filter(row => row.values.UserRoleId).map(row => row.id);
  const owner = (n: number): string => people[n % people.length] as string;

  const accountIds = accounts.map(
    ([name, type, rating, industry, city, country], n) =>
      records.create(
        'Account',
        {
          Name: name,
          Type: type,
          Rating: rating,
          Industry: industry,
          BillingCity: city,
          BillingCountry: country,
          Phone: phone(n),
          Website: `https://${slug(name)}.example`,
          OwnerId: owner(n),
        },
        at(320 - n),
      ).id,
  );
  const contactIds = contacts.map(
    ([first, last, title], n) =>
      records.create(
        'Contact',
        {
          FirstName: first,
          LastName: last,
          Title: title,
          AccountId: accountIds[n % accountIds.length],
          Email: `${slug(first)}.${slug(last)}@${slug(accounts[n % accounts.length]?.[0] ?? '')}.example`,
          Phone: phone(100 + n),
        },
        at(290 - n),
      ).id,
  );
  leads.forEach(([first, last, company, status], n) => {
    records.create(
      'Lead',
      {
        FirstName: first,
        LastName: last,
        Company: company,
        Status: status,
        Email: `${slug(first)}@${slug(company)}.example`,
      },
      at(60 - n),
    );
  });
  const opportunityIds = opportunities.map(
    ([name, account, stageName, amount], n) =>
      records.create(
        'Opportunity',
        {
          Name: name,
          AccountId: accountIds[account],
          StageName: stageName,
          Amount: amount,
          CloseDate: dayText(start + (30 + n * 9) * day),
        },
        at(100 - n),
      ).id,
  );

  // Oldest first, so that numbers and ids rise with the dates.
  cases.forEach(([subject, status, priority, origin, type], n) => {
    const age = 62 - n;
    const account = (n * 7) % accountIds.length;
    const created = at(age, n % 9);
    const id = records.create(
      'Case',
      {
        Subject: subject,
        Description: `${subject}.\n\nReported by the customer; steps to see it are in the first comment.`,
        Priority: priority,
        Origin: origin,
        Type: type,
        Reason: n % 3 === 0 ? 'Breakdown' : n % 3 === 1 ? 'Performance' : null,
        AccountId: accountIds[account],
        ContactId: contactIds[account],
        OwnerId: owner(n),
      },
      created,
    ).id;
    if (n % 2 === 0)
      records.create(
        'CaseComment',
        { ParentId: id, CommentBody: followUps[n % followUps.length], IsPublished: n % 4 === 0 },
        at(age - 0.5, n % 9),
      );
    if (n % 5 === 0) {
      const post = records.create(
        'FeedItem',
        { ParentId: id, Type: 'TextPost', Body: `Does anybody know ${accounts[account]?.[0]}'s set-up?` },
        at(age - 0.6, n % 9),
      ).id;
      records.create(
        'FeedComment',
        { FeedItemId: post, CommentBody: 'I was there last spring; ask me.' },
        at(age - 0.7, n % 9),
      );
    }
    if (n % 8 === 0) {
      const text = `case ${subject}\nlog of ${dayText(created.now)}\nline voltage 231 V, 229 V, 0 V\n`;
      records.create(
        'ContentVersion',
        {
          Title: `log-${n + 1}`,
          PathOnClient: `log-${n + 1}.txt`,
          VersionData: Buffer.from(text).toString('base64'),
          FirstPublishLocationId: id,
        },
        at(age - 0.8, n % 9),
      );
    }
    if (status !== 'New') {
      const change = {
        Status: status,
        ...(status === 'Closed'
          ? { Resolution_Notes__c: `Solved on site: ${followUps[(n + 1) % followUps.length]}` }
          : {}),
        ...(status === 'Escalated' ? { IsEscalated: true } : {}),
      };
      records.update('Case', id, change, at(Math.max(0.1, age - 2), 0));
    }
    if (n % 6 === 0)
      records.create(
        'Task',
        {
          Subject: 'Call',
          WhatId: id,
          WhoId: contactIds[account],
          ActivityDate: dayText(start + 2 * day),
          Priority: priority === 'High' ? 'High' : 'Normal',
        },
        at(age - 0.9),
      );
  });

  visits.forEach(([purpose, account, region, depot, skills, hours, cost], n) => {
    const visit = records.create(
      'Site_Visit__c',
      {
        Purpose__c: purpose,
        Account__c: accountIds[account],
        Region__c: region,
        Depot__c: depot,
        Skills__c: skills,
        Hours__c: hours,
        Cost__c: cost,
        Visit_Date__c: dayText(start - (20 - n) * day),
        Arrival__c: new Date(start - (20 - n) * day).toISOString(),
        External_Key__c: `visit-${n + 1}`,
        Engineer__c: owner(n),
        Stage__c: n % 2 === 0 ? 'Done' : 'Planned',
      },
      at(21 - n),
    ).id;
    records.create('Site_Visit_Part__c', { Site_Visit__c: visit, Name: 'Fuse', Quantity__c: n + 1 }, at(21 - n));
  });

  records.create(
    'Event',
    {
      Subject: 'Meeting',
      WhatId: accountIds[0],
      WhoId: contactIds[0],
      StartDateTime: new Date(start + 3 * day).toISOString(),
      DurationInMinutes: 60,
      Location: 'Bristol',
    },
    at(4),
  );
  const contract = records.create(
    'Contract',
    { AccountId: accountIds[1], StartDate: dayText(start - 90 * day), ContractTerm: 12 },
    at(90),
  ).id;
  records.create(
    'Order',
    {
      AccountId: accountIds[1],
      ContractId: contract,
      EffectiveDate: dayText(start - 30 * day),
      Status: 'Draft',
      Name: 'Spare parts',
    },
    at(30),
  );
  records.create(
    'Quote',
    {
      Name: 'Generators for the new hall',
      OpportunityId: opportunityIds[0],
      Status: 'Draft',
      ExpirationDate: dayText(start + 30 * day),
    },
    at(12),
  );
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
const phone = (n: number): string => `+1 555 01${String(n % 100).padStart(2, '0')}`;
const dayText = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

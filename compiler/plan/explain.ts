/**
 * What an item does, in plain sentences: scope, creation, each field with who writes it and what happens when
 * that fails, status, comments, files, the card. Pure, from the plan alone, so that it says what runs. Each
 * sentence names the line that it comes from.
 */
import { ofSeveralObjects } from '../catalogue/objects.ts';
import { explainMapping } from './explain-mapping.ts';
import type { Explanation, Section, Sentence } from './explanation.ts';
import type { CreatePlan, ItemPlan, RulesPlan, StatusPlan, StatusRow } from './ir.ts';
import { conditionText, jiraScopeText, listText, pathText, quoted } from './words.ts';

/** `more` stands at the end: what the plan alone does not tell, such as the cost in calls. */
export function explainItem(item: ItemPlan, more: readonly Section[] = []): Explanation {
  const sections = [
    section('What it links', scope(item)),
    section('New issues', item.mode === 'display-only' ? [] : creation(item)),
    ...item.mappings.map(mapping => explainMapping(mapping)),
    section('Status', status(item)),
    section('Comments and files', conversation(item)),
    section('On the issue', card(item)),
    ...more,
  ];
  return {
    id: item.id,
    name: item.name,
    origin: item.origin,
    sections: sections.filter(each => each.sentences.length > 0),
  };
}

const section = (title: string, sentences: readonly Sentence[]): Section => ({ title, sentences });

function scope(item: ItemPlan): readonly Sentence[] {
  const { origin, salesforce, jira, where, mode, was } = item;
  const object =
    salesforce.label === salesforce.object ? salesforce.object : `${salesforce.label} (${salesforce.object})`;
  const said: Sentence[] = [];
  if (mode === 'display-only') {
    const projects = listText(jira.projects.map(({ key }) => key));
    said.push({
      text: `Shows records of ${object} on issues of ${projects}. It writes nothing on either side.`,
      origin,
    });
    said.push({ text: 'A person links a record to an issue by hand; one record can be on several issues.' });
  } else {
    said.push({
      text: `Links each record of ${object} with at most one issue of ${jiraScopeText(jira)}, and keeps both aligned.`,
      origin,
    });
  }
  if (where !== undefined) {
    said.push({
      text: `It sees only records where ${conditionText(where)}. A record that stops meeting this keeps its link, and nothing of it travels until it meets it again.`,
    });
  }
  const late = mode === 'display-only' ? [] : seenLate(item);
  if (late.length > 0) {
    said.push({
      text: `A change of ${listText(late)} alone is seen when the record itself changes, or at the daily look: what stands there may be of several objects, and Salesforce is not asked for changes of each.`,
    });
  }
  if (was !== undefined) said.push({ text: `It was called ${was} before; the links of that id are its own.` });
  return said;
}

/** Fields of parents whose own changes no query tells of; a card reads them anew whenever it is looked at. */
function seenLate({ mappings, where, rules, salesforce }: ItemPlan): readonly string[] {
  const used = JSON.stringify([mappings, where, rules]);
  return salesforce.reads
    .filter(({ path }) => path.slice(0, -1).some(step => ofSeveralObjects.has(step)))
    .filter(({ path }) => used.includes(`"path":${JSON.stringify(path)}`))
    .map(pathText);
}

function creation({ create, rules, newIssue }: ItemPlan): readonly Sentence[] {
  const said: Sentence[] = [{ text: created(create, rules), ...(create.origin ? { origin: create.origin } : {}) }];
  if (create.records === 'off') return said;
  said.push({
    text:
      create.since === undefined
        ? 'Only records created after the item was first activated count as new.'
        : `Records created since ${create.since} count as new, also those from before the item was activated.`,
  });
  for (const { target, value, origin } of newIssue) {
    said.push({ text: `A new issue gets ${constant(value)} as ${target.name}.`, origin });
  }
  return said;
}

function created({ records }: CreatePlan, rules: RulesPlan | undefined): string {
  if (records === 'off') return 'It creates no issue: a person links records by hand.';
  if (records === 'all' || rules === undefined) return 'Every new record gets one issue, whether or not a rule is met.';
  const conditions = rules.branches.map(({ when }) => conditionText(when));
  return `A new record gets one issue once it meets the rule: ${conditions.join(', or ')}.`;
}

/** What REST takes, as a person would write it. */
function constant(value: unknown): string {
  if (Array.isArray(value)) return listText(value.map(constant));
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return value === null ? 'nothing' : String(value);
  const named = value as Readonly<Record<string, unknown>>;
  const name = named.name ?? named.value ?? named.accountId ?? named.key;
  return name === undefined ? 'a fixed text' : constant(name);
}

function status({ status: plan, rules }: ItemPlan): readonly Sentence[] {
  if (rules !== undefined) {
    const { branches, otherwise } = rules;
    const said: Sentence[] = branches.map(({ when, moveTo, origin }, index) => ({
      text: `${index === 0 ? 'When' : 'Else, when'} ${conditionText(when)}, the issue is moved to ${quoted(moveTo.name)}.`,
      origin,
    }));
    said.push({
      text:
        otherwise.moveTo === undefined
          ? 'Otherwise its status is left alone.'
          : `Otherwise it is moved to ${quoted(otherwise.moveTo.name)}.`,
      origin: otherwise.origin,
    });
    said.push({
      text: 'A person who moves the issue elsewhere sees it put back at the next cycle. A move takes one transition; without one it is shown as blocked.',
    });
    if (plan !== undefined)
      said.push({ text: 'The rule decides, so the status clause is without effect.', origin: plan.origin });
    return said;
  }
  if (plan === undefined) return [];
  return [
    {
      text: `${pathText(plan.field)} and the issue's status follow each other: Salesforce's counts at the first sync, later the side that changed last.`,
      origin: plan.origin,
    },
    ...pairs(plan),
    {
      text:
        plan.otherwise === 'keep'
          ? 'Any other status is left as it is.'
          : 'Any other status is left as it is, and recorded.',
    },
  ];
}

function pairs({ toJira, toSalesforce }: StatusPlan): readonly Sentence[] {
  const has = (rows: readonly StatusRow[], from: string, to: string) =>
    rows.some(row => row.from === from && row.to === to);
  const line = (text: string, { by, origin }: StatusRow): Sentence => ({
    text: `${text}${by === 'match' ? ', found as the closest match' : ''}.`,
    origin,
  });
  return [
    ...toJira.map(row =>
      line(
        `${quoted(row.from)} in Salesforce ${has(toSalesforce, row.to, row.from) ? 'and' : 'becomes'} ${quoted(row.to)} in Jira${has(toSalesforce, row.to, row.from) ? ' mean each other' : ''}`,
        row,
      ),
    ),
    ...toSalesforce
      .filter(row => !has(toJira, row.to, row.from))
      .map(row => line(`${quoted(row.from)} in Jira becomes ${quoted(row.to)} in Salesforce`, row)),
  ];
}

function conversation({ mode, comments, attachments, attachmentsClause }: ItemPlan): readonly Sentence[] {
  if (mode === 'display-only') return [];
  const said: Sentence[] = [];
  const at = comments.origin === undefined ? {} : { origin: comments.origin };
  if (comments.on) {
    said.push({ text: 'Comments travel both ways, each naming its author; edits follow, deletions do not.', ...at });
    said.push({
      text: `Internal Jira comments ${comments.internal ? 'travel too, as unpublished ones' : 'stay in Jira'}; public ones arrive ${comments.published ? 'published' : 'unpublished'}.`,
      ...at,
    });
  } else said.push({ text: 'Comments do not travel.', ...at });
  said.push({
    text: attachments
      ? 'Files travel both ways, up to 10 MB each; deletions are not mirrored.'
      : 'Files do not travel.',
    ...(attachmentsClause ?? {}),
  });
  return said;
}

function card({ show, associations }: ItemPlan): readonly Sentence[] {
  const said: Sentence[] = [];
  if (show.length > 0) said.push({ text: `The card shows ${listText(show.map(pathText), 'and', 20)}.` });
  if (associations)
    said.push({ text: 'Below it stand the records that Salesforce relates to this one, to look at only.' });
  return said;
}

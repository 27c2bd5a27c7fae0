import { codes, type Page, pageOf } from '../../pages/page.ts';
import { pageText } from '../../pages/text.ts';
import { explainItem } from '../../plan/explain.ts';
import { explainCost } from '../../plan/explain-cost.ts';
import { explainField, type FieldExplanation, fieldNames } from '../../plan/explain-field.ts';
import type { Explanation } from '../../plan/explanation.ts';
import type { Plan } from '../../plan/ir.ts';
import { painter, type TerminalOptions } from '../../render/paint.ts';
import { renderSections } from '../../render/prose.ts';
import { tame } from '../../render/width.ts';
import { nearest } from '../../suggest.ts';
import type { Arguments, Command } from '../command.ts';
import { Failure, failure } from '../command.ts';
import type { Host } from '../host.ts';
import { type LoadedProgram, programOptions, readPrograms } from '../program.ts';
import { analyseProgram, wantsColour } from '../reporting.ts';
import { oneProgram, planOf } from '../single.ts';

export const explain: Command = {
  usage: 'CODE | ITEM | FIELD | ITEM.FIELD [PATHS…] [options]',
  about: `Explains in plain sentences:

  CODE         what a finding means, with an example that earns it and one that does not
  ITEM         what an item does: what it links, who writes each field, what happens when that fails, and what it costs
  FIELD        who writes a field and why, in all items: by API name, path, Jira id or label
  ITEM.FIELD   the same, in one item; OBJECT.FIELD in the items of one object, such as Case.Subject

Items and fields are looked up in the program under the paths (this folder, if none is given), which has to be free of
errors; a finding is explained anywhere. The exit status is 1 when the program has errors.`,
  options: {
    format: { value: 'FORMAT', choices: ['text', 'json'], about: 'how it is written: text, json' },
    ...programOptions,
  },
  examples: [
    ['bridge explain unknown-field', 'what this finding means'],
    ['bridge explain support-cases items', 'what the item does'],
    ['bridge explain support-cases.Priority', 'who writes this field and why'],
  ],
  async run(args, host) {
    const [subject, ...paths] = args.paths;
    if (subject === undefined)
      throw failure('explain needs something to explain.', 'bridge help explain shows what it takes.');
    const page = pageOf(subject);
    if (page !== undefined) return answered({ kind: 'code', page }, args, host);

    const plan = await planToExplain(subject, paths, args, host);
    if (plan === undefined) return 1;
    const answer = lookUp(subject, plan);
    if (answer === undefined) throw unknown(subject, plan);
    return answered(answer, args, host);
  },
};

type Answer =
  | { readonly kind: 'code'; readonly page: Page }
  | { readonly kind: 'item'; readonly item: Explanation }
  | { readonly kind: 'field'; readonly field: FieldExplanation };

async function planToExplain(
  subject: string,
  paths: readonly string[],
  args: Arguments,
  host: Host,
): Promise<Plan | undefined> {
  const [close] = nearest(subject, codes());
  let program: LoadedProgram;
  try {
    program = oneProgram(await readPrograms({ ...args, paths }, host), 'an explanation');
  } catch (error) {
    // Somebody who misspells a code need not have a program at all.
    if (!(error instanceof Failure) || close === undefined) throw error;
    throw failure(
      `${error.message.replace(/\.$/, '')}, and no finding is called ${subject}.`,
      `Did you mean bridge explain ${close}?`,
    );
  }
  if (close !== undefined && onlyFinding(subject, program))
    throw failure(`there is no finding, item or field ${subject}.`, `Did you mean bridge explain ${close}?`);
  return planOf(program, args, host, true).plan;
}

/** Is it no item of a program with errors, which says nothing of a finding? No field has a hyphen in its name. */
function onlyFinding(subject: string, program: LoadedProgram): boolean {
  if (!subject.includes('-')) return false;
  const { bound, plan } = analyseProgram(program);
  return plan === undefined && !bound.itemsById.has(subject);
}

function lookUp(subject: string, plan: Plan): Answer | undefined {
  const item = plan.items.find(({ id }) => id === subject);
  if (item !== undefined) return { kind: 'item', item: explainItem(item, [explainCost(item, plan)]) };
  const [id, ...rest] = subject.split('.');
  const within = plan.items.some(each => each.id === id);
  const ofObject = plan.items.filter(({ salesforce }) => salesforce.object.toLowerCase() === id!.toLowerCase());
  const field = [
    within ? explainField(plan, rest.join('.'), id) : explainField(plan, subject),
    explainField({ ...plan, items: ofObject }, rest.join('.')),
  ].find(({ items }) => items.length > 0);
  return field && { kind: 'field', field };
}

function unknown(subject: string, plan: Plan): Failure {
  const ids = plan.items.map(({ id }) => id);
  const [id, ...rest] = subject.split('.');
  const inItem = rest.length > 0 && ids.includes(id!);
  const names = inItem ? fieldNames({ ...plan, items: plan.items.filter(item => item.id === id) }) : fieldNames(plan);
  const [close] = inItem
    ? nearest(rest.join('.'), names)
    : nearest(subject, [...codes(), ...ids, ...names, ...ids.flatMap(each => names.map(name => `${each}.${name}`))]);
  const what = inItem
    ? `the item ${id} neither writes nor reads a field ${rest.join('.')}.`
    : `there is no finding, item or field ${subject}.`;
  return failure(
    what,
    close === undefined ? `The items are ${ids.join(', ')}.` : `Did you mean ${inItem ? `${id}.` : ''}${close}?`,
  );
}

function answered(answer: Answer, args: Arguments, host: Host): 0 {
  const colour = wantsColour(host.terminal.out, host);
  host.out(
    args.values.format === 'json'
      ? `${JSON.stringify({ version: 1, ...answer }, null, 2)}\n`
      : text(answer, { colour }),
  );
  return 0;
}

function text(answer: Answer, options: TerminalOptions): string {
  const paint = painter(options);
  const bold = (words: string) => paint('bold', tame(words));
  switch (answer.kind) {
    case 'code':
      return pageText(answer.page, options);
    case 'item': {
      const { id, name, origin, sections } = answer.item;
      return `${bold(`${name} (${id})`)}, ${tame(origin.file)}:${origin.line}\n\n${renderSections(sections, { ...options, file: origin.file })}\n`;
    }
    case 'field':
      return answer.field.items
        .map(({ id, name, origin, sections }) => {
          const within = renderSections(sections, { ...options, file: origin.file, indent: '  ' });
          return `${bold(`in ${name} (${id})`)}, ${tame(origin.file)}:${origin.line}\n\n${within}\n`;
        })
        .join('\n');
  }
}

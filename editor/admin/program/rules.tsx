/** The Conditional Sync Rule: conditions in order, each with the status it moves to, and what happens otherwise. */
import Button from '@atlaskit/button/new';
import type { Condition, OtherwiseClause, RuleClause } from '../../../dsl/index.ts';
import { nowhere, text, withRules } from '../../form/nodes.ts';
import { CrossIcon } from '../../parts/icons.ts';
import { ConditionEditor } from './condition-editor.tsx';
import { inside, Notes, type PartProps } from './parts.tsx';
import { Pick } from './pick.tsx';
import { replaced, useHalf } from './rows.ts';

const leave = '\u0000leave';

interface NewRule {
  readonly condition?: Condition;
  readonly target: string;
}

export function Rules({ item, lookups, problems, onChange }: PartProps) {
  const rules = item.clauses.filter((clause): clause is RuleClause => clause.kind === 'rule');
  const otherwise = item.clauses.find((clause): clause is OtherwiseClause => clause.kind === 'otherwise');
  const write = (next: readonly RuleClause[], last: OtherwiseClause | undefined) =>
    onChange(
      withRules(
        item,
        next.length === 0
          ? []
          : [...next, last ?? { kind: 'otherwise', span: nowhere, target: { kind: 'leave', span: nowhere } }],
      ),
    );
  const set = (index: number, rule: RuleClause | undefined) => write(replaced(rules, index, rule), otherwise);
  const {
    row: half,
    begin,
    fill,
  } = useHalf<NewRule>(
    ({ condition, target }) => condition !== undefined && target !== '',
    ({ condition, target }) =>
      write([...rules, { kind: 'rule', span: nowhere, condition: condition!, target: text(target) }], otherwise),
  );
  const target = otherwise?.target;
  return (
    <>
      {rules.length === 0 && half === undefined && <p className="subtle">No rule.</p>}
      {rules.map((rule, index) => (
        <div key={index} className="rule">
          <div className="rule-head">
            <strong>{index === 0 ? 'When' : 'else when'}</strong>
            <span className="grow" />
            <button
              type="button"
              className="icon-button"
              aria-label={`Rule ${index + 1}: remove`}
              onClick={() => set(index, undefined)}
            >
              <CrossIcon label="" />
            </button>
          </div>
          <ConditionEditor
            label={`Rule ${index + 1}`}
            condition={rule.condition}
            lookups={lookups}
            empty="Say when."
            onChange={condition => condition !== undefined && set(index, { ...rule, condition })}
          />
          <Pick
            label="move the issue to"
            options={lookups.statuses}
            value={rule.target.kind === 'text' ? rule.target.value : ''}
            onChange={value => set(index, { ...rule, target: text(value) })}
          />
          <Notes problems={inside(problems, rule.span)} />
        </div>
      ))}
      {half !== undefined && (
        <div className="rule">
          <strong>{rules.length === 0 ? 'When' : 'else when'}</strong>
          <ConditionEditor
            label="New rule"
            condition={half.condition}
            lookups={lookups}
            empty="Say when."
            onChange={condition => fill(condition === undefined ? { target: half.target } : { ...half, condition })}
          />
          <Pick
            label="move the issue to"
            options={lookups.statuses}
            value={half.target}
            onChange={value => fill({ ...half, target: value })}
          />
        </div>
      )}
      {rules.length > 0 && (
        <div className="rule">
          <Pick
            label="Otherwise move the issue to"
            options={[{ value: leave, label: 'Leave the status alone' }, ...lookups.statuses]}
            value={target?.kind === 'leave' ? leave : target?.kind === 'text' ? target.value : ''}
            onChange={value =>
              write(rules, {
                kind: 'otherwise',
                span: otherwise?.span ?? nowhere,
                target: value === leave ? { kind: 'leave', span: nowhere } : text(value),
              })
            }
          />
          <Notes problems={inside(problems, otherwise?.span)} />
        </div>
      )}
      <div>
        <Button
          spacing="compact"
          isDisabled={lookups.object === undefined || lookups.issueType === undefined}
          onClick={() => begin({ target: '' })}
        >
          {rules.length === 0 ? 'Add a rule' : 'Add another condition'}
        </Button>
      </div>
    </>
  );
}

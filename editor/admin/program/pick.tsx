/** Choosing one or several of many, with search: Atlassian's select over plain values. */
import Select from '@atlaskit/select';
import { useId } from 'react';

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** Beside the label: an API name, a type. */
  readonly hint?: string;
}
export interface ChoiceGroup {
  readonly label: string;
  readonly options: readonly Choice[];
}

interface Common {
  readonly label: string;
  readonly options: readonly Choice[] | readonly ChoiceGroup[];
  readonly placeholder?: string;
  readonly invalid?: boolean;
  readonly disabled?: boolean;
  /** The label is shown by somebody else. */
  readonly bare?: boolean;
}
interface PickProps extends Common {
  readonly value: string;
  readonly clearable?: boolean;
  /** Takes the focus when it appears. */
  readonly focus?: boolean;
  onChange(value: string): void;
}
interface PickManyProps extends Common {
  readonly values: readonly string[];
  onChange(values: readonly string[]): void;
}

const isGroup = (one: Choice | ChoiceGroup): one is ChoiceGroup => 'options' in one;
const flat = (options: Common['options']): readonly Choice[] =>
  (options as readonly (Choice | ChoiceGroup)[]).flatMap(one => (isGroup(one) ? one.options : [one]));
/** What the text says stays chosen, also when the org does not have it. */
const chosen = (options: Common['options'], value: string): Choice | null =>
  value === ''
    ? null
    : (flat(options).find(one => one.value.toLowerCase() === value.toLowerCase()) ?? {
        value,
        label: value,
        // With nothing to choose from nothing was looked for yet.
        hint: flat(options).length === 0 ? '' : 'not found',
      });

const format = ({ label, hint }: Choice, { context }: { context: 'menu' | 'value' }) =>
  hint === undefined || hint === '' || (context === 'value' && hint !== 'not found') ? (
    label
  ) : (
    <span className="pick-option">
      <span>{label}</span> <span className="subtle small">{hint}</span>
    </span>
  );

const search = ({ data }: { data: Choice }, typed: string) =>
  `${data.label} ${data.value} ${data.hint ?? ''}`.toLowerCase().includes(typed.trim().toLowerCase());

const shared = {
  spacing: 'compact',
  menuPosition: 'fixed',
  menuPlacement: 'auto',
  formatOptionLabel: format,
  filterOption: search,
  // Above the findings, which stand at the bottom of the page.
  styles: { menuPortal: (base: object) => ({ ...base, zIndex: 3 }) },
} as const;

export function Pick({
  label,
  options,
  value,
  placeholder = 'Choose…',
  invalid = false,
  disabled = false,
  bare = false,
  clearable = false,
  focus = false,
  onChange,
}: PickProps) {
  const id = useId();
  return (
    <div className="field pick">
      {!bare && <label htmlFor={id}>{label}</label>}
      <Select<Choice>
        {...(shared as object)}
        inputId={id}
        {...(bare ? { 'aria-label': label } : {})}
        label={label}
        options={options as never}
        value={chosen(options, value)}
        placeholder={placeholder}
        isInvalid={invalid}
        isDisabled={disabled}
        isClearable={clearable}
        autoFocus={focus}
        onChange={one => onChange(one?.value ?? '')}
      />
    </div>
  );
}

export function PickMany({
  label,
  options,
  values,
  placeholder = 'Choose…',
  invalid = false,
  disabled = false,
  bare = false,
  onChange,
}: PickManyProps) {
  const id = useId();
  return (
    <div className="field pick">
      {!bare && <label htmlFor={id}>{label}</label>}
      <Select<Choice, true>
        {...(shared as object)}
        isMulti
        inputId={id}
        {...(bare ? { 'aria-label': label } : {})}
        label={label}
        options={options as never}
        value={values.map(value => chosen(options, value)!)}
        placeholder={placeholder}
        isInvalid={invalid}
        isDisabled={disabled}
        onChange={all => onChange(all.map(one => one.value))}
      />
    </div>
  );
}

/** Above the editor: which item, whether it is activated, how much of it is shown, and what can be done with it. */
import Button from '@atlaskit/button/new';
import { memo, type ReactNode } from 'react';
import type { ItemHead } from '../../monaco/protocol.ts';
import { BackIcon } from '../../parts/icons.ts';
import { itemLabel } from './item-labels.ts';
import { Segments } from './parts.tsx';

export type View = 'form' | 'both' | 'code';
const views: readonly (readonly [View, string])[] = [
  ['form', 'Form'],
  ['both', 'Both'],
  ['code', 'Code'],
];

interface ProgramHeadProps {
  readonly title: string;
  readonly items: readonly ItemHead[];
  /** The one that is open. */
  readonly item: ItemHead | undefined;
  readonly status: string;
  readonly undo: (() => void) | undefined;
  readonly view: View;
  /** What can be done with all of it. */
  readonly children: ReactNode;
  onBack(): void;
  onItem(item: ItemHead): void;
  onView(view: View): void;
}

type ItemPickProps = Pick<ProgramHeadProps, 'items' | 'item' | 'onItem'>;

const keyOf = ({ path, id }: ItemHead) => `${path} ${id}`;

export const ProgramHead = ({ title, items, item, status, undo, view, children, ...on }: ProgramHeadProps) => (
  <header className="program-head">
    <button type="button" className="icon-button" aria-label="Back to the items" onClick={on.onBack}>
      <BackIcon label="" />
    </button>
    <h1>{title}</h1>
    {items.length > 1 && <ItemPick items={items} item={item} onItem={on.onItem} />}
    <span className="grow" />
    <span className="subtle small" role="status">
      {status}
    </span>
    {undo !== undefined && (
      <Button spacing="compact" appearance="subtle" onClick={undo}>
        Undo
      </Button>
    )}
    <Segments<View> label="What to show" value={view} options={views} onChange={on.onView} />
    {children}
  </header>
);

const sayTheSame = (a: ItemHead, b: ItemHead | undefined) => keyOf(a) === (b && keyOf(b)) && a.name === b?.name;

/** Drawn anew where it says another thing, not at every letter of a long program. */
const ItemPick = memo(
  ({ items, item, onItem }: ItemPickProps) => (
    <label className="inline-field small">
      <span className="hidden">Item</span>
      <select
        value={item === undefined ? '' : keyOf(item)}
        onChange={event => {
          const to = items.find(each => keyOf(each) === event.target.value);
          if (to !== undefined) onItem(to);
        }}
      >
        {items.map(each => (
          <option key={keyOf(each)} value={keyOf(each)}>
            {itemLabel(each, items)}
          </option>
        ))}
      </select>
    </label>
  ),
  (before, now) =>
    before.items.length === now.items.length &&
    before.items.every((each, at) => sayTheSame(each, now.items[at])) &&
    (before.item && keyOf(before.item)) === (now.item && keyOf(now.item)),
);

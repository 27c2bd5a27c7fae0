/** A row of tabs: one is chosen, and the arrow keys choose among them. */
import type { KeyboardEvent } from 'react';

interface TabsProps<Name extends string> {
  readonly label: string;
  readonly className: string;
  readonly tabs: readonly (readonly [name: Name, words: string])[];
  readonly chosen: Name | undefined;
  /** The id of what shows the chosen one. */
  readonly controls?: string;
  onChoose(name: Name): void;
}

export function Tabs<Name extends string>({ label, className, tabs, chosen, controls, onChoose }: TabsProps<Name>) {
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const at = tabs.findIndex(([name]) => name === chosen);
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    onChoose(next[0]);
    event.currentTarget.querySelectorAll('button')[tabs.indexOf(next)]?.focus();
  };
  return (
    <div role="tablist" tabIndex={-1} aria-label={label} className={className} onKeyDown={move}>
      {tabs.map(([name, words]) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${name}`}
          aria-selected={name === chosen}
          aria-controls={controls}
          tabIndex={name === chosen ? 0 : -1}
          onClick={() => onChoose(name)}
        >
          {words}
        </button>
      ))}
    </div>
  );
}

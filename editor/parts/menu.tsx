/** A button with a menu: arrow keys, Home, End and letters move, Escape and a click elsewhere close it. */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { MoreIcon } from './icons.ts';

export interface MenuEntry {
  readonly name: string;
  readonly disabled?: boolean;
  /** A line above it. */
  readonly apart?: boolean;
  run(): void;
}

interface MenuProps {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
}

export function Menu({ label, entries }: MenuProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    const shown = list.current;
    if (!open || shown === null || button.current === null) return;
    const at = button.current.getBoundingClientRect();
    shown.showPopover();
    const { width, height } = shown.getBoundingClientRect();
    const below = at.bottom + height + 4 <= innerHeight;
    shown.style.insetInlineStart = `${Math.max(4, Math.min(at.right - width, innerWidth - width - 4))}px`;
    shown.style.insetBlockStart = `${below ? at.bottom + 4 : Math.max(4, at.top - height - 4)}px`;
    choices(shown)[0]?.focus();
  }, [open]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className="icon-button"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <MoreIcon label="" />
      </button>
      {open && (
        <div
          ref={list}
          id={id}
          role="menu"
          aria-label={label}
          popover="auto"
          className="menu"
          tabIndex={-1}
          onToggle={event => {
            if (event.newState === 'closed') setOpen(false);
          }}
          onKeyDown={event => move(event, close)}
        >
          {entries.map(({ name, disabled = false, apart = false, run }) => (
            <button
              key={name}
              type="button"
              role="menuitem"
              className={apart ? 'apart' : undefined}
              disabled={disabled}
              tabIndex={-1}
              onClick={() => {
                close();
                run();
              }}
            >
              {name}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

const choices = (menu: HTMLElement) => [...menu.querySelectorAll<HTMLButtonElement>('[role=menuitem]:enabled')];

function move(event: KeyboardEvent<HTMLDivElement>, close: () => void): void {
  const all = choices(event.currentTarget);
  const here = all.indexOf(document.activeElement as HTMLButtonElement);
  const to =
    event.key === 'ArrowDown'
      ? all[(here + 1) % all.length]
      : event.key === 'ArrowUp'
        ? all.at(here < 1 ? -1 : here - 1)
        : event.key === 'Home'
          ? all[0]
          : event.key === 'End'
            ? all.at(-1)
            : event.key.length === 1
              ? all.find(one => one.textContent?.toLowerCase().startsWith(event.key.toLowerCase()))
              : undefined;
  if (event.key === 'Tab') close();
  if (to === undefined) return;
  event.preventDefault();
  to.focus();
}

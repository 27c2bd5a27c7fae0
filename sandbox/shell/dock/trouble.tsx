/** Troubles to play with. What is armed strikes when its call comes, and says so here. */
import { useEffect, useState } from 'react';
import { control, type Fault } from '../api/control.ts';
import type { Act } from '../side.ts';
import { circumstances, type FaultPreset, faultPresets, together } from './presets.ts';

interface TroubleProps {
  readonly look: number;
  readonly struck: readonly number[];
  readonly act: Act;
}

export function Trouble({ look, struck, act }: TroubleProps) {
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [conditions, setConditions] = useState<unknown>({});
  useEffect(() => {
    let current = true;
    Promise.all([control.faults(), control.conditions()]).then(
      ([armed, lasting]) => {
        if (!current) return;
        setFaults(armed);
        setConditions(lasting);
      },
      () => {},
    );
    return () => {
      current = false;
    };
  }, [look]);

  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const isOf = (preset: FaultPreset) => (fault: Fault) => preset.faults.some(one => same(one, fault));
  const stateOf = (preset: FaultPreset): 'off' | 'armed' | 'struck' => {
    const places = [...faults.keys()].filter(at => isOf(preset)(faults[at]!));
    if (places.length === 0) return 'off';
    return places.every(at => struck.includes(at)) ? 'struck' : 'armed';
  };
  const arm = (preset: FaultPreset) =>
    act('fault', async () => {
      // A list that is put anew counts anew: what has struck is left out.
      const others = faults.filter((fault, at) => !struck.includes(at) && !isOf(preset)(fault));
      await control.setFaults(stateOf(preset) === 'armed' ? others : [...others, ...preset.faults]);
    });
  const on = circumstances.filter(({ conditions: wanted }) => includes(conditions, wanted));
  const toggle = (one: (typeof circumstances)[number]) =>
    act('condition', () =>
      control.setConditions(
        together((on.includes(one) ? on.filter(other => other !== one) : [...on, one]).map(each => each.conditions)),
      ),
    );

  return (
    <div className="trouble">
      <h3>Strikes once</h3>
      <ul>
        {faultPresets.map(preset => {
          const state = stateOf(preset);
          return (
            <li key={preset.name} className={state}>
              <h4>
                {preset.name}{' '}
                {state !== 'off' && (
                  <span className={`lozenge ${state === 'struck' ? 'done' : 'going'}`}>
                    {state === 'struck' ? 'It struck' : 'Waiting'}
                  </span>
                )}
              </h4>
              <p>{preset.says}</p>
              <p className="watch">{preset.watch}</p>
              <button type="button" className="button small" onClick={() => void arm(preset)}>
                {state === 'armed' ? 'Take it back' : state === 'struck' ? 'Once more' : 'Let it happen'}
              </button>
            </li>
          );
        })}
      </ul>
      <h3>Lasts until you take it back</h3>
      <ul>
        {circumstances.map(one => (
          <li key={one.name} className={on.includes(one) ? 'armed' : 'off'}>
            <h4>{one.name}</h4>
            <p>{one.says}</p>
            <button
              type="button"
              className="button small"
              aria-pressed={on.includes(one)}
              onClick={() => void toggle(one)}
            >
              {on.includes(one) ? 'Take it back' : 'Let it be so'}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Whether everything of the second is in the first. */
function includes(all: unknown, some: unknown): boolean {
  if (Array.isArray(some)) return Array.isArray(all) && some.every(one => all.some(other => includes(other, one)));
  if (typeof some !== 'object' || some === null) return Object.is(all, some);
  return (
    typeof all === 'object' &&
    all !== null &&
    Object.entries(some).every(([name, value]) => includes((all as Record<string, unknown>)[name], value))
  );
}

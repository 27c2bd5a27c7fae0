/** Below both sides: what the bridge did and why, what it asked of whom, and troubles to play with. */
import { Tabs } from '../parts/tabs.tsx';
import type { Act, Focus, Place } from '../side.ts';
import type { World } from '../use-world.ts';
import { Journal } from './journal.tsx';
import { Ledger } from './ledger.tsx';
import { runSentence } from './run-words.ts';
import { Trouble } from './trouble.tsx';

const tabs = [
  ['journal', 'What the bridge did'],
  ['calls', 'Its calls'],
  ['trouble', 'Trouble to play with'],
] as const;
export type DockTab = (typeof tabs)[number][0];

interface DockProps {
  readonly world: World;
  readonly place: Place;
  readonly go: (place: Place) => void;
  readonly act: Act;
  readonly tab: DockTab;
  readonly onTab: (tab: DockTab) => void;
  readonly onPoint: (focus: Focus) => void;
}

export function Dock({ world, place, go, act, tab, onTab, onPoint }: DockProps) {
  const { state, cases, look } = world;
  const [last] = state.runs;
  return (
    <section className="dock" aria-label="Behind the scenes">
      <div className="side-head">
        <Tabs
          label="Behind the scenes"
          className="dock-tabs"
          tabs={tabs}
          chosen={tab}
          controls="dock-body"
          onChoose={onTab}
        />
        <p className="last-run" role="status">
          {last === undefined ? 'It has done nothing yet.' : runSentence(last)}
        </p>
      </div>
      <div id="dock-body" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === 'journal' && <Journal state={state} cases={cases} place={place} go={go} onPoint={onPoint} />}
        {tab === 'calls' && <Ledger look={look} />}
        {tab === 'trouble' && <Trouble look={look} struck={state.struck} act={act} />}
      </div>
    </section>
  );
}

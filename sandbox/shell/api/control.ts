/** The control API, as the page uses it. */
import type { JournalSummary, RunSummary } from '../../../editor/bridge/contract.ts';
import { call, post, put } from './http.ts';

export interface ControlLink {
  readonly item: string;
  readonly record: string;
  readonly issueId: string;
  readonly issueKey: string;
  readonly managed: 'manual' | 'auto';
}
export interface ControlState {
  readonly now: number;
  readonly clock: 'real' | 'manual';
  /** Of a real clock. */
  readonly nextCycleAt?: number;
  readonly links: readonly ControlLink[];
  readonly runs: readonly RunSummary[];
  readonly journal: readonly JournalSummary[];
  readonly attention: readonly { readonly id: string; readonly cause: string; readonly remedy: string }[];
  /** Places in the list of faults. */
  readonly struck: readonly number[];
  /** The world's id, another one after each reset. */
  readonly world: string;
}
export interface DiagnosticJson {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'hint';
  readonly message: string;
  readonly help?: string;
  readonly file: string;
  readonly range: { readonly start: { readonly line: number; readonly column: number } };
}
export type ProgramFiles = Readonly<Record<string, string>>;

export interface Call {
  readonly system: 'jira' | 'salesforce' | 'kvs' | 'queue';
  readonly method: string;
  readonly path: string;
  /** 0: nobody saw an answer. */
  readonly status: number;
  readonly at: number;
  readonly why: string;
  readonly parts?: readonly { readonly method: string; readonly path: string; readonly status: number }[];
}
export interface Fault {
  readonly system: Call['system'];
  readonly match?: { readonly method?: string; readonly path?: string };
  readonly nth: number;
  readonly effect: string;
}
export type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export const control = {
  state: () => call<ControlState>('/control/state'),
  /** `skipped`: why there was nothing that could run. */
  cycle: () => call<{ readonly ok?: boolean; readonly skipped?: string }>('/control/cycle', post({})),
  advance: (by: string) => call<unknown>('/control/clock', post({ advance: by })),
  reset: () => call<unknown>('/control/reset', post({})),
  program: () => call<{ readonly files: ProgramFiles }>('/control/program'),
  saveProgram: (files: ProgramFiles) =>
    call<{ readonly ok: boolean; readonly diagnostics: readonly DiagnosticJson[] }>('/control/program', put({ files })),
  /** The newest ones; a sandbox that runs for days has many. */
  calls: () => call<readonly Call[]>('/control/calls?last=2000'),
  clearCalls: () => call<unknown>('/control/calls', { method: 'DELETE' }),
  faults: () => call<readonly Fault[]>('/control/faults'),
  setFaults: (faults: readonly Fault[]) => call<unknown>('/control/faults', put(faults)),
  conditions: () => call<Conditions>('/control/conditions'),
  setConditions: (conditions: Conditions) => call<unknown>('/control/conditions', put(conditions)),
};

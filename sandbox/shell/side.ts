/** What both sides of the front page are given: the world, what is pointed at, and a way to act. */
import type { World } from './use-world.ts';

/** What is pointed at: a record and its issue, and perhaps a place in the program. */
export interface Focus {
  readonly record?: string;
  readonly issueKey?: string;
  readonly source?: string;
}

export interface SideProps {
  readonly world: World;
  readonly focus: Focus;
  readonly onFocus: (focus: Focus) => void;
  readonly act: (name: string, work: () => Promise<unknown>) => Promise<void>;
  readonly busy: boolean;
}

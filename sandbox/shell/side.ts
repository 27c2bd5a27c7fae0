/** What both sides of the front page are given: the world, what is pointed at and open, and a way to act. */
import type { Role } from './api/jira.ts';
import type { World } from './use-world.ts';

/** What is pointed at: a record and its issue, and perhaps a place in the program. */
export interface Focus {
  readonly record?: string;
  readonly issueKey?: string;
  readonly source?: string;
}

/** What is open: a record on the left, an issue on the right, a page in the middle of it all. */
export interface Place {
  readonly record?: string;
  readonly issue?: string;
  readonly page?: 'admin';
}

/** Runs one action at a time; a refusal is told at the top of the page. Answers whether it went well. */
export type Act = (name: string, work: () => Promise<unknown>) => Promise<boolean>;

export interface SideProps {
  readonly world: World;
  readonly focus: Focus;
  readonly onFocus: (focus: Focus) => void;
  readonly place: Place;
  readonly go: (place: Place) => void;
  readonly act: Act;
  readonly busy: boolean;
  /** In whose name things are done in Jira. */
  readonly role: Role;
}

/** What admins of both systems take away from the app, for a while or for good. */
import type { World } from '../../sandbox/world.ts';

/** A permission of Jira's project, a field that may not be written, records that are not shared, or a rule that refuses to save. */
export type Right =
  | { readonly jira: string }
  | { readonly readOnly: string }
  | { readonly unshared: string }
  | { readonly refused: string };

/** Those that may come and go. */
export const rights: readonly Right[] = [
  { jira: 'EDIT_ISSUES' },
  { jira: 'TRANSITION_ISSUES' },
  { jira: 'ADD_COMMENTS' },
  { jira: 'CREATE_ATTACHMENTS' },
  { jira: 'CREATE_ISSUES' },
  { jira: 'BROWSE_PROJECTS' },
  { unshared: "Priority = 'Low'" },
  { readOnly: 'Case.Description' },
  { readOnly: 'Case.SuppliedName' },
];

export interface Rights {
  take(right: Right): void;
  /** All that were taken for a while; false when there are none. */
  giveBack(): boolean;
  /** For good, until it is mended. */
  takeForGood(right: Right): void;
  mend(): void;
  restricted(): boolean;
  everTaken(): boolean;
}

export function createRights(world: World): Rights {
  let taken: readonly Right[] = [];
  let lasting: readonly Right[] = [];
  let ever = false;

  function put(): void {
    const all = [...taken, ...lasting];
    ever ||= all.length > 0;
    const wrong = world.conditions.put({
      jira: {
        permissions: all.flatMap(right =>
          'jira' in right ? [{ role: 'app', permission: right.jira, allowed: false }] : [],
        ),
      },
      salesforce: {
        readOnly: all.flatMap(right => ('readOnly' in right ? [right.readOnly] : [])),
        unshared: all.flatMap(right => ('unshared' in right ? [{ object: 'Case', when: right.unshared }] : [])),
        rules: all.flatMap(right =>
          'refused' in right ? [{ object: 'Case', when: right.refused, message: 'Nobody may save such a case.' }] : [],
        ),
      },
    });
    if (wrong !== undefined) throw new Error(wrong);
  }

  return {
    take(right) {
      taken = [...taken, right];
      put();
    },
    giveBack() {
      if (taken.length === 0) return false;
      taken = [];
      put();
      return true;
    },
    takeForGood(right) {
      lasting = [...lasting, right];
      put();
    },
    mend() {
      lasting = [];
      put();
    },
    restricted: () => taken.length + lasting.length > 0,
    everTaken: () => ever,
  };
}

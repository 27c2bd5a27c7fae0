/** What may stand at a place, whatever the notation: the names, values and words to choose from. */
import type { BoundItem, BoundMapping, BoundPath } from '../../../compiler/bind/bound.ts';
import type { JiraFieldMetadata, ObjectMetadata } from '../../../compiler/metadata/model.ts';

export type Slot =
  | { readonly kind: 'object' }
  /** `before` are the segments that lead here; with `writable` the field is written, and one hop is all. */
  | { readonly kind: 'path'; readonly before: readonly string[]; readonly only?: 'status' | 'single' }
  /** Of a mapping, or of what a new issue is given; else any will do. */
  | { readonly kind: 'jira-field'; readonly of?: MappedBeside | 'setting' }
  | { readonly kind: 'project' }
  | { readonly kind: 'issue-type' }
  | { readonly kind: 'status' }
  | { readonly kind: 'salesforce-value'; readonly field: BoundPath | undefined }
  | { readonly kind: 'jira-value'; readonly field: JiraFieldMetadata | undefined }
  | { readonly kind: 'table' }
  | { readonly kind: 'item' }
  | { readonly kind: 'words'; readonly words: Readonly<Record<string, string>> };

/** What a mapping has beside the Jira field that is due. */
export interface MappedBeside {
  readonly arrow: BoundMapping['arrow'] | undefined;
  /** Absent where there is none yet, or none that is known. */
  readonly source: BoundPath | 'text' | undefined;
  /** Where it stands: what the mapping itself names is free. */
  readonly at: number;
}

/** Where a slot lies: the item that gives names their meaning. */
export interface Context {
  readonly item?: BoundItem;
  /** Of a test, too. */
  readonly object?: ObjectMetadata;
}

/** What the pre-flight asks of both systems, each thing once, and the form in which it tells what is missing. */
import type { ObjectMetadata } from '../../../compiler/metadata/model.ts';

export interface Look {
  described(object: string): Promise<ObjectMetadata | undefined>;
  named(all: 'all'): Promise<readonly ObjectMetadata[]>;
  /** The app's permissions in a project, of those that any item needs. */
  held(projectKey: string): Promise<ReadonlySet<string>>;
}

export interface Missing {
  /** A permission, an object or a field. */
  readonly what: string;
  readonly cause: string;
  readonly remedy: string;
}

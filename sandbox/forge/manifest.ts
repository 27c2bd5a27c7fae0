/** The parts of manifest.yml that the host acts on, read once and indexed by what the host asks. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface ManifestFunction {
  readonly key: string;
  /** `index.onSync`. */
  readonly handler: string;
  readonly timeoutSeconds?: number;
}
export interface ManifestTrigger {
  readonly key: string;
  readonly function: string;
  readonly events: readonly string[];
  readonly filter?: { readonly ignoreSelf?: boolean; readonly appIsLicensed?: boolean };
}
export interface ManifestEntity {
  readonly name: string;
  readonly attributes: Readonly<Record<string, { readonly type: 'string' | 'boolean' | 'float' | 'integer' | 'any' }>>;
  readonly indexes?: readonly (
    | string
    | { readonly name: string; readonly partition?: readonly string[]; readonly range: readonly string[] }
  )[];
}
export interface ManifestPage {
  readonly key: string;
  readonly resource: string;
  readonly resolver: { readonly function: string };
}
export interface Manifest {
  readonly app: {
    readonly id: string;
    readonly runtime: { readonly name: string };
    readonly package?: { readonly path?: string };
    readonly storage?: { readonly entities?: readonly ManifestEntity[] };
  };
  readonly modules: {
    readonly function: readonly ManifestFunction[];
    readonly trigger?: readonly ManifestTrigger[];
    readonly scheduledTrigger?: readonly {
      readonly key: string;
      readonly function: string;
      readonly filter?: { readonly appIsLicensed?: boolean };
    }[];
    readonly consumer?: readonly { readonly key: string; readonly queue: string; readonly function: string }[];
    readonly 'jira:adminPage'?: readonly ManifestPage[];
    readonly 'jira:issuePanel'?: readonly ManifestPage[];
    readonly 'jira:entityProperty'?: readonly {
      readonly propertyKey: string;
      readonly values: readonly {
        readonly path: string;
        readonly type: 'string' | 'text' | 'number' | 'date' | 'user';
      }[];
    }[];
  };
  readonly resources?: readonly { readonly key: string; readonly path: string }[];
  readonly permissions: {
    readonly scopes: readonly string[];
    readonly external?: { readonly fetch?: { readonly backend?: readonly { readonly address: string }[] } };
    readonly content?: { readonly styles?: readonly string[]; readonly scripts?: readonly string[] };
  };
}

export const manifestFile = new URL('../../manifest.yml', import.meta.url);

export function readManifest(file: URL = manifestFile): Manifest {
  return parse(readFileSync(file, 'utf8')) as Manifest;
}

export type ModuleKind = 'trigger' | 'scheduledTrigger' | 'consumer' | 'resolver';

/** Forge's caps; `timeoutSeconds` counts only where a consumer or a schedule calls the function. */
export function timeLimitMs(kind: ModuleKind, fn: ManifestFunction): number {
  if (kind === 'consumer' || kind === 'scheduledTrigger') return (fn.timeoutSeconds ?? 55) * 1000;
  return 25_000;
}

export const exportOf = (fn: ManifestFunction): string => fn.handler.slice(fn.handler.lastIndexOf('.') + 1);

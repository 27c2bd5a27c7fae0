/** The working copy in the page: a worker of its own and what the org and the site offer, as long as the editor is open. */
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Files } from '../../bridge/contract.ts';
import { type LanguageClient, startLanguageClient } from '../../monaco/client.ts';
import { released } from '../../parts/press.ts';
import { createMetadataStore, type MetadataStore } from './metadata.ts';
import { type Base, type Copy, createWorkingCopy, type WorkingCopy } from './working-copy.ts';

export interface Draft extends Copy {
  readonly copy: WorkingCopy;
  readonly store: MetadataStore;
  readonly client: LanguageClient;
}

export function useDraft(base: Base, begin: Files): Draft {
  const { copy, store, client } = useMemo(() => {
    const store = createMetadataStore();
    const client: LanguageClient = startLanguageClient(() => copy.tellAll());
    const copy = createWorkingCopy(base, begin, { client, store, released });
    return { copy, store, client };
  }, []);
  useEffect(() => {
    void client.ask('files', copy.texts());
    const stop = store.subscribe(copy.learn);
    // It began to read when the page was drawn, and may have read everything by now.
    copy.learn();
    return () => {
      stop();
      client.stop();
    };
  }, [copy, store, client]);
  const state = useSyncExternalStore(copy.subscribe, copy.state);
  return { ...state, copy, store, client };
}

import { useState } from 'react';
import type { Manifest } from '../../../connector/manifest.ts';
import type { KeptLookups } from '../../../engine/engine.ts';
import type { IntegrationView } from '../../../engine/snapshot.ts';
import type { SyncIssue } from '../../../portal/issue.ts';
import { useEngine, useStore } from '../../app/context.ts';
import { useLoaded } from '../use-loaded.ts';

/** Enough to tell which values hold records back. */
const mostIssues = 1000;

export interface KnownValues {
  readonly manifest: Manifest;
  /** Without any list where none could be read. */
  readonly lookups: KeptLookups;
  /** Of records that are held back for a value without a name. */
  readonly issues: readonly SyncIssue[];
}

/** What the vendor has; null until it is there. `refresh` reads its lists anew. */
export function useValues({ id, name, configured, lastSync, issues: count }: IntegrationView) {
  const engine = useEngine();
  const store = useStore();
  const [reads, setReads] = useState(0);
  const values = useLoaded(async (): Promise<KnownValues> => {
    const none = { at: '', lists: {} };
    const [manifest, lookups, issues] = await Promise.all([
      engine.manifest(id),
      configured ? engine.lookups(id).catch((error: unknown) => failed(error, none)) : none,
      engine.issues({ integration: id, reason: 'unmapped-value', limit: mostIssues }),
    ]);
    return { manifest, lookups, issues };
  }, `${id} ${lastSync} ${count} ${reads}`);
  return {
    values,
    refresh() {
      store.say(`Reading the lists of ${name}.`);
      store.attempt(async () => {
        await engine.lookups(id, true);
        setReads((before) => before + 1);
        return `The lists of ${name} were read.`;
      });
    },
  };

  /** The tables can be looked at without the lists. */
  function failed(error: unknown, instead: KeptLookups): KeptLookups {
    store.failed(error);
    return instead;
  }
}

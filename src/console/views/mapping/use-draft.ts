import { useEffect, useRef, useState } from 'react';
import { InvalidInput } from '../../../engine/engine.ts';
import type { IntegrationView } from '../../../engine/snapshot.ts';
import type { ValueTables } from '../../../engine/sync/values.ts';
import { sanitise } from '../../../text/sanitise.ts';
import { useEngine, useKept, useStore } from '../../app/context.ts';
import { mappingLine } from './command-line.ts';
import { asMapping, asTables, changesOf, type Tables, withChanges } from './tables.ts';

export interface MappingDraft {
  readonly saved: Tables;
  /** As they are to be. */
  readonly wanted: Tables;
  readonly mapping: ValueTables;
  /** Something is not saved. */
  readonly changed: boolean;
  /** What the engine refused at the last save. */
  readonly problems: InvalidInput['problems'];
  /** One step, which undo takes back; false: that is as it is already. @param what a sentence without its stop */
  change(what: string, wanted: Tables): boolean;
  save(): void;
}

/** The name under which changes wait that are not saved. */
export const draftName = (integration: string): string => `mapping ${integration}`;

const none: Tables = {};
const noProblems: InvalidInput['problems'] = [];

/**
 * The mapping of an integration as it is worked on. Changes are gathered, for a table that is half done would hold records back; they
 * wait, whatever else is looked at, until they are saved together.
 */
export function useMappingDraft({ id, name, sync }: IntegrationView): MappingDraft {
  const engine = useEngine();
  const store = useStore();
  const [kept, keep] = useKept<Tables>(draftName(id));
  const [problems, setProblems] = useState(noProblems);
  const saved = asTables(sync.mapping ?? {});
  const changes = kept ?? none;
  const wanted = withChanges(saved, changes);
  const changed = Object.keys(changesOf(saved, wanted)).length > 0;

  // What waited here was saved elsewhere: from its preview, or by another console.
  const isStale = kept !== null && !changed;
  useEffect(() => {
    if (isStale) keep(null);
  }, [isStale, keep]);
  // Nothing is lost by leaving, but nobody should believe that it is saved.
  const waits = useRef(changed);
  useEffect(() => {
    waits.current = changed;
  });
  useEffect(
    () => () => {
      if (waits.current) store.say('The mapping is not saved yet; it waits in its tab.');
    },
    [store],
  );

  const put = (tables: Tables) => {
    const left = changesOf(saved, tables);
    setProblems(noProblems);
    keep(Object.keys(left).length === 0 ? null : left, `the mapping of ${name}`);
  };
  const note = (from: Tables, to: Tables) =>
    store.noteAction(`Change the mapping: ${name}`, sanitise(mappingLine(id, from, to)));
  const mapping = asMapping(wanted);
  return {
    saved,
    wanted,
    mapping,
    changed,
    problems,
    change(what, next) {
      if (Object.keys(changesOf(wanted, next)).length === 0) return false;
      put(next);
      store.undoable(what, async () => {
        put(wanted);
        return `Taken back: ${what}.`;
      });
      store.say(`${what}. w saves, u takes it back.`);
      return true;
    },
    save() {
      if (!changed) return store.say('Nothing is changed.');
      const before = sync.mapping ?? {};
      store.attempt(async () => {
        try {
          await engine.configure(id, { mapping });
        } catch (error) {
          if (error instanceof InvalidInput) setProblems(error.problems);
          throw error;
        }
        keep(null);
        note(saved, wanted);
        store.undoable('the mapping', async () => {
          const now = store.snapshot()?.integrations.find((each) => each.id === id)?.sync.mapping ?? {};
          if (Object.keys(changesOf(asTables(now), wanted)).length > 0) {
            return 'The mapping was changed again since, so it was left as it is.';
          }
          await engine.configure(id, { mapping: before });
          note(wanted, saved);
          keep(changes, `the mapping of ${name}`);
          return 'The mapping is as it was; the changes wait in its tab, not saved.';
        });
        return 'Saved. The next sync reads these records again: s syncs now, u takes it back.';
      });
    },
  };
}

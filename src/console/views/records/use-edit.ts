import type { StoredRecord } from '../../../portal/query.ts';
import { definitionOf, type RecordType } from '../../../portal/records/index.ts';
import { useStore } from '../../app/context.ts';
import { propose } from '../propose.ts';
import { parseEdit } from './edit.ts';

/** Asks what to change of a record and puts it into the outbox; says why where nothing can be changed. */
export function useEdit(type: RecordType, integration: string | undefined): (record: StoredRecord) => void {
  const store = useStore();
  const ask = async (record: StoredRecord): Promise<void> => {
    const { engine } = store;
    const definition = definitionOf(type);
    const at = integration ?? (typeof record.provider === 'string' ? record.provider : '');
    const known = store.snapshot()?.integrations.some(({ id }) => id === at) ?? false;
    const manifest = known ? await engine.manifest(at) : null;
    const writes = manifest?.recordTypes.find((each) => each.type === type)?.writes;
    const fields = writes?.update?.fields ?? [];
    if (manifest === null || (fields.length === 0 && writes?.notes !== true)) {
      const why = [...new Set(Object.values(writes?.readOnly ?? {}))].join(' ');
      store.say(`${definition.label} of ${manifest?.name ?? at} are only read; change it there. ${why}`.trim());
      return;
    }
    const note = writes?.notes === true ? ' note=text adds a private note.' : '';
    store.askText(
      {
        title: `Change this ${definition.singular} at ${manifest.name}`,
        detail: `Write field=value, several with commas; an empty value clears. Fields: ${fields.join(', ')}.${note}`,
        value: '',
        ...(writes?.notes === true ? { lines: true } : {}),
      },
      (text) =>
        store.attempt(async () => {
          const edit = parseEdit(text, definition, fields);
          if (!edit.ok) return edit.problem;
          return await propose(store, {
            integration: at,
            type,
            kind: edit.kind,
            recordId: record.id,
            fields: edit.fields,
          });
        }),
    );
  };
  return (record) => {
    ask(record).catch(store.failed);
  };
}

import type { RecordTypeSpec } from '../../../connector/manifest.ts';
import type { ChangeKind } from '../../../portal/change.ts';
import type { StoredRecord } from '../../../portal/query.ts';
import { definitionOf, type RecordType } from '../../../portal/records/index.ts';
import { useStore } from '../../app/context.ts';
import type { Suggestion } from '../../app/overlay.ts';

/** Opens the form for a change; says why where none can be made. For a new record, asks which integration where several can make it. */
export function useForm(type: RecordType, integration: string | undefined) {
  const store = useStore();
  const open = async (kind: ChangeKind, record: StoredRecord | null): Promise<void> => {
    const origin = integration ?? (typeof record?.provider === 'string' ? record.provider : undefined);
    const able: Suggestion[] = [];
    for (const { id, name, configured } of store.snapshot()?.integrations ?? []) {
      if (!configured || (origin !== undefined && id !== origin)) continue;
      const { recordTypes } = await store.engine.manifest(id);
      if (
        allows(
          kind,
          recordTypes.find((spec) => spec.type === type),
        )
      )
        able.push({ value: id, label: name });
    }
    const go = (at: string) =>
      store.open({ view: 'edit', kind, type, integration: at, ...(record === null ? {} : { record: record.id }) });
    const [only, ...others] = able;
    if (only === undefined)
      return store.say(
        `${definitionOf(type).label} cannot be ${doing[kind]} from here: no connected vendor offers it.`,
      );
    if (others.length === 0) return go(only.value);
    const suggest = async (text: string) =>
      able.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()));
    store.askPick({ title: 'Where?', detail: 'The vendor at which it is made.', suggest }, ({ value }) => go(value));
  };
  return (kind: ChangeKind, record: StoredRecord | null): void => {
    if (kind !== 'create' && record === null) return;
    open(kind, record).catch(store.failed);
  };
}

const doing: Readonly<Record<ChangeKind, string>> = { create: 'made', update: 'changed', note: 'given notes' };

/** Fields that are read only have their reasons in the form: so a type of which nothing can be changed opens too. */
function allows(kind: ChangeKind, spec: RecordTypeSpec | undefined): boolean {
  const { writes } = spec ?? {};
  if (writes === undefined) return false;
  if (kind === 'note') return writes.notes === true;
  return kind === 'create' ? writes.create !== undefined : true;
}

/** Which integration, which record types a command is about. */
import { catalogue, type Integration } from '../../connectors/index.ts';
import type { Engine } from '../engine/engine.ts';
import type { IntegrationView } from '../engine/snapshot.ts';
import { isRecordType, type RecordType, recordTypeNames } from '../portal/records/names.ts';
import { NotConnected, UsageError } from './exit.ts';
import { didYouMean } from './parse.ts';

/** The catalogue's entry; throws UsageError when there is none. */
export function integrationOf(id: string): Integration {
  const entry = catalogue.find((each) => each.id === id);
  if (entry) return entry;
  const ids = catalogue.map((each) => each.id);
  throw new UsageError(`There is no integration "${id}".${didYouMean(id, ids)} Integrations: ${ids.join(', ')}.`);
}

/** As `integrationOf`, and its connector exists. */
export function availableIntegration(id: string): Integration & Required<Pick<Integration, 'load'>> {
  const entry = integrationOf(id);
  if (!entry.load) throw new UsageError(`${entry.name} is coming; it cannot be connected yet.`);
  return { ...entry, load: entry.load };
}

export function viewOf(engine: Engine, id: string): IntegrationView {
  integrationOf(id);
  const view = engine.getSnapshot().integrations.find((each) => each.id === id);
  if (!view) throw new UsageError(`There is no integration "${id}".`);
  return view;
}

/** As `viewOf`; throws NotConnected when no credentials are stored. */
export function connectedView(engine: Engine, id: string): IntegrationView {
  const { name } = availableIntegration(id);
  const view = viewOf(engine, id);
  if (!view.configured) throw new NotConnected(id, name);
  return view;
}

/** Throws UsageError when there is no such record type. */
export function recordTypeOf(name: string): RecordType {
  if (isRecordType(name)) return name;
  throw new UsageError(
    `There is no record type "${name}".${didYouMean(name, recordTypeNames)} Record types: ${recordTypeNames.join(', ')}.`,
  );
}

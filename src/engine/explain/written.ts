/** Who wrote to a record: runs (by the log) and people (by the outbox), newest first. */
import type { CatalogueEntry } from '../../connector/catalogue.ts';
import type { LogEntry } from '../../log/read.ts';
import type { PortalReader } from '../../portal/portal.ts';
import type { StoredRecord } from '../../portal/query.ts';
import type { RecordType } from '../../portal/records/index.ts';
import type { Integrations } from '../integrations.ts';
import type { StoryLine } from './story.ts';

export interface ExplainParts {
  readonly catalogue: readonly CatalogueEntry[];
  readonly integrations: Pick<Integrations, 'get' | 'isConfigured'>;
  readonly reader: PortalReader;
  readonly logFiles: readonly string[];
}

export function writtenLines(
  type: RecordType,
  records: readonly StoredRecord[],
  log: readonly LogEntry[],
  { reader }: ExplainParts,
): StoryLine[] {
  const changes = records.flatMap(({ id }) => reader.changes({ type, recordId: id, limit: 20 }));
  const lines = [
    ...log.flatMap((entry) => byRun(entry, reader)),
    ...changes.map((change): StoryLine => {
      const fields = Object.keys(change.fields).join(', ');
      const state =
        change.state === 'confirmed' ? `Written by ${change.author}` : `Wanted by ${change.author} (${change.state})`;
      const reason = change.reason === null ? '' : `: ${change.reason}`;
      return {
        topic: 'change',
        at: change.updatedAt,
        integration: change.integration,
        text: `${state}: ${change.kind} of ${fields}${reason}.`,
      };
    }),
  ];
  return lines.sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? 1 : -1));
}

function byRun(entry: LogEntry, reader: PortalReader): StoryLine[] {
  const { outcome, integration = null, run, time } = entry;
  if (outcome !== 'created' && outcome !== 'updated' && outcome !== 'restored' && outcome !== 'linked') return [];
  const record = run === undefined ? null : reader.run(run);
  const how = record === null ? '' : ` (${record.trigger} run ${record.id})`;
  const changed = isChanged(entry.changed) ? `: ${Object.entries(entry.changed).map(words).join(', ')}` : '';
  return [
    {
      topic: 'written',
      at: time,
      integration,
      text: `Last ${outcome} by the sync of ${integration} at ${time}${how}${changed}.`,
    },
  ];
}

type Changed = Readonly<Record<string, { readonly before: unknown; readonly after: unknown }>>;
const isChanged = (value: unknown): value is Changed => typeof value === 'object' && value !== null;
const words = ([field, { before, after }]: [string, { before: unknown; after: unknown }]) =>
  `${field} from ${before === null ? 'nothing' : `"${before}"`} to ${after === null ? 'nothing' : `"${after}"`}`;

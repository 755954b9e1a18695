/** What is in state.json. Cursors, links, records and run history are in the database, with the pages they cover. */
import { z } from 'zod';

export const STATE_VERSION = 1;

const Text = z.record(z.string(), z.string());
const Anything = z.record(z.string(), z.unknown());
const Count = z.int().nonnegative();

/** A plain value (an address, a client id) as it is; a secret as the vault's envelope. */
export const Credential = z.union([z.string(), z.strictObject({ sealed: z.string() })]);
export type Credential = z.output<typeof Credential>;

const Settings = z.object({
  intervalMinutes: z.literal([5, 15, 30]),
  /** False: start from now, without what exists already. */
  initialImport: z.boolean(),
  types: z.array(z.string()),
  /** Which counts when the same field was changed here and there. */
  conflicts: z.enum(['vendor', 'portal', 'ask']).exactOptional(),
  /** By record type and field: the vendor's values and ours. */
  mapping: z
    .record(z.string(), z.record(z.string(), z.array(z.object({ vendor: z.string(), portal: z.string() }))))
    .exactOptional(),
  /** A vendor's blank empties descriptive fields. */
  blanksErase: z.boolean().exactOptional(),
  /** Nothing is written at the vendor. */
  readOnly: z.boolean().exactOptional(),
});

const PartialSettings = z.object({
  intervalMinutes: Settings.shape.intervalMinutes.exactOptional(),
  initialImport: Settings.shape.initialImport.exactOptional(),
  types: Settings.shape.types.exactOptional(),
  conflicts: Settings.shape.conflicts,
  mapping: Settings.shape.mapping,
  blanksErase: Settings.shape.blanksErase,
  readOnly: Settings.shape.readOnly,
});

const Failure = z.object({ code: z.string(), cause: z.string(), fix: z.string(), detail: z.string().exactOptional() });

/** The last known condition, so that the console shows it before anything has run. Times are ISO. */
const Last = z.object({
  status: z.enum(['connected', 'disconnected', 'error']),
  error: Failure.nullable(),
  /** End of the last successful run. */
  lastSync: z.string().nullable(),
  /** In a row. */
  failures: Count,
  /** Records per type. */
  records: z.record(z.string(), Count),
  issues: Count,
});

const Integration = z.object({
  credentials: z.record(z.string(), Credential),
  options: Anything,
  settings: Settings,
  enabled: z.boolean(),
  /** Null once disconnected. */
  connectedAt: z.string().nullable(),
  /** What the connector found out once; see ConnectorMemory. */
  memory: Text,
  last: Last,
});
export type IntegrationState = z.output<typeof Integration>;

/** The wizard half-way. Never holds a secret. */
const Draft = z.object({ step: Count, credentials: Text, options: Anything, settings: PartialSettings });

export const State = z.object({
  version: z.literal(STATE_VERSION),
  integrations: z.record(z.string(), Integration),
  drafts: z.record(z.string(), Draft),
  preferences: Anything,
});
export type State = z.output<typeof State>;

export const emptyState = (): State => ({ version: STATE_VERSION, integrations: {}, drafts: {}, preferences: {} });

/** Whether a key is already needed: then a missing one must not be replaced by a new one. */
export function hasSealed(state: DeepReadonly<State>): boolean {
  return Object.values(state.integrations).some(({ credentials }) =>
    Object.values(credentials).some((value) => typeof value !== 'string'),
  );
}

export type DeepReadonly<T> = T extends readonly (infer U)[]
  ? readonly DeepReadonly<U>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

/** What the next run would do with the outbox. Asks the vendor only for the records that edits are about, and its lists; writes nothing. */

import type { Lookups } from '../../connector/contract.ts';
import { ConnectorError, Rejected } from '../../connector/errors.ts';
import type { RecordTypeSpec } from '../../connector/manifest.ts';
import type { SourceItem } from '../../connector/source-item.ts';
import type { FieldValues } from '../../connector/writer.ts';
import { type Change, pendingStates } from '../../portal/change.ts';
import { sameName } from '../../portal/same.ts';
import type { ChangeOutcome, ForeseenChange } from '../preview-commands.ts';
import { type Decision, decide } from './decide.ts';
import { sameOf } from './merge.ts';
import type { PushEnvironment } from './push.ts';
import { toVendor, type ValueTables } from './values.ts';

export interface ForeseeEnvironment
  extends Pick<PushEnvironment, 'integration' | 'connection' | 'portal' | 'now' | 'signal' | 'rule'> {
  readonly problems: (spec: RecordTypeSpec) => PushEnvironment['problems'];
  readonly mapping: ValueTables;
  /** Why nothing would be sent at all, or nothing can be asked; null: it is looked at change by change. */
  readonly idle: ChangeOutcome | null;
}

/** Changes of these types, in the order in which they would be sent. Throws only what ended `signal`, and what is no vendor's fault. */
export async function foresee(
  specs: readonly RecordTypeSpec[],
  env: ForeseeEnvironment,
): Promise<readonly ForeseenChange[]> {
  const { integration, portal } = env;
  const foreseen: ForeseenChange[] = [];
  for (const spec of specs) {
    const type = new TypeOutlook(spec, env);
    for (const change of portal.changes({ integration, type: spec.type, states: pendingStates, oldestFirst: true })) {
      env.signal.throwIfAborted();
      foreseen.push({ change, outcome: env.idle ?? (await type.outcome(change)) });
    }
  }
  return foreseen;
}

class TypeOutlook {
  readonly #spec: RecordTypeSpec;
  readonly #env: ForeseeEnvironment;
  /** Records as the vendor would have them after the changes so far: a later edit was made on top of an earlier one. */
  readonly #items = new Map<string, SourceItem>();
  readonly #held = new Set<string | null>();
  #lookups: Promise<Lookups> | null = null;

  constructor(spec: RecordTypeSpec, env: ForeseeEnvironment) {
    this.#spec = spec;
    this.#env = env;
  }

  async outcome(change: Change): Promise<ChangeOutcome> {
    const isEdit = change.kind === 'update';
    if (isEdit && this.#held.has(change.recordId))
      return { kind: 'wait', reason: 'An earlier edit of it comes first.' };
    const outcome = await this.#alone(change);
    if (isEdit && (outcome.kind === 'ask' || outcome.kind === 'unknown')) this.#held.add(change.recordId);
    return outcome;
  }

  async #alone(change: Change): Promise<ChangeOutcome> {
    const { connection, signal, rule, problems, now } = this.#env;
    if (change.state === 'conflicted') {
      return { kind: 'ask', conflicts: change.conflicts.filter(({ winner }) => winner === null) };
    }
    const externalId = change.externalId ?? '';
    try {
      const decision = await decide(change, connection.writer?.(this.#spec.type), {
        problems: problems(this.#spec)(change),
        rule,
        sameIn: sameOf(this.#spec),
        current: async (writer) => this.#items.get(externalId) ?? (await writer.current(externalId, signal)),
        at: new Date(now()).toISOString(),
      });
      return await this.#told(change, decision);
    } catch (error) {
      if (signal.aborted || !(error instanceof ConnectorError)) throw error;
      return { kind: 'unknown', reason: error.reason };
    }
  }

  async #told({ attempts, externalId, fields: wanted }: Change, decision: Decision): Promise<ChangeOutcome> {
    const unsaid = await this.#unsaid(
      decision.kind === 'update' ? decision.write : decision.kind === 'create' ? wanted : {},
    );
    if (unsaid !== null) return { kind: 'refuse', reason: unsaid };
    switch (decision.kind) {
      case 'refuse':
        return { kind: 'refuse', reason: decision.reason };
      case 'ask':
      case 'settle':
        return { kind: decision.kind, conflicts: decision.conflicts };
      case 'update': {
        const { write, conflicts, item } = decision;
        const theirs: Readonly<Record<string, unknown>> = item.record;
        this.#items.set(externalId ?? '', { ...item, record: { ...theirs, ...write } } as SourceItem);
        const fields = Object.entries(write).map(([field, ours]) => [field, { theirs: theirs[field] ?? null, ours }]);
        return { kind: 'update', fields: Object.fromEntries(fields), conflicts };
      }
      default:
        return { kind: attempts > 0 ? 'look' : decision.kind };
    }
  }

  /** A value that the table of values has no word for, or the vendor's list no name; a sync finds that out by its writer. */
  async #unsaid(fields: FieldValues): Promise<string | null> {
    const { type, named = {} } = this.#spec;
    try {
      const said = toVendor(fields, this.#env.mapping[type] ?? {});
      for (const [field, list] of Object.entries(named)) {
        const value = said[field];
        if (typeof value !== 'string' || value.trim() === '') continue;
        const names = (await this.#lists())[list] ?? [];
        if (names.length > 0 && !names.some(({ name }) => sameName(name, value)))
          return `The vendor has no ${field} "${value}".`;
      }
      return null;
    } catch (error) {
      if (error instanceof Rejected) return `${error.reason} ${error.fix}`;
      throw error;
    }
  }

  /** Read once, and only for a change that has such a value. */
  #lists(): Promise<Lookups> {
    const { connection, signal } = this.#env;
    this.#lookups ??= connection.lookups?.(signal) ?? Promise.resolve({});
    return this.#lookups;
  }
}

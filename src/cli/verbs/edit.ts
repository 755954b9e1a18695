/** `tickets` and `users`: changes for the vendors, one by one or many from a file. */
import { createReadStream } from 'node:fs';
import { userInfo } from 'node:os';
import { createInterface } from 'node:readline';
import type { FieldValue } from '../../connector/writer.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Proposal } from '../../engine/outbox-commands.ts';
import type { Change, ChangeKind } from '../../portal/change.ts';
import type { RecordType } from '../../portal/records/names.ts';
import { assignments } from '../assignments.ts';
import { changeLine } from '../change-line.ts';
import type { Run } from '../context.ts';
import { exitCodes, explain, UsageError } from '../exit.ts';
import { integrationOf } from '../integration.ts';
import { note, print, printJsonLine } from '../output.ts';
import type { OptionValues } from '../parse.ts';

const kinds: Readonly<Record<string, ChangeKind>> = { create: 'create', edit: 'update', note: 'note' };

/** One line of `--from`, or what the command line says. */
interface Wish {
  readonly id?: string;
  readonly integration?: string;
  readonly record?: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

const editing =
  (type: RecordType, actions: readonly string[]): Run =>
  async ({ args: [action = '', record], options, json }, { open, signal }) => {
    const kind = kinds[action];
    if (kind === undefined || !actions.includes(action)) {
      throw new UsageError(`msportal ${type} does: ${actions.join(', ')}; not "${action}".`);
    }
    const source = options.text('--from');
    const given = options.text('--integration');
    if (given !== undefined) integrationOf(given);
    const wishes = source === undefined ? one(kind, record, options) : lines(source, signal);
    const engine = await open('own');
    const ids: string[] = [];
    let failed = 0;
    for await (const wish of wishes) {
      try {
        ids.push((await engine.propose(await proposalOf(engine, type, kind, given, wish))).id);
      } catch (error) {
        // Of many, one that cannot be does not stop the others.
        if (source === undefined) throw error;
        failed += 1;
        const { failure } = explain(error);
        if (json) await printJsonLine({ id: wish.id ?? null, error: failure });
        else note(`${wish.id ?? wish.record ?? wish.fields.title ?? 'A line'}: ${failure.cause}`);
      }
    }
    if (!options.has('--later')) await send(engine, type, ids);
    for (const id of ids) {
      const [change] = await engine.changes({ id });
      if (change === undefined) continue;
      if (change.state === 'refused' || change.state === 'conflicted') failed += 1;
      if (json) await printJsonLine(change);
      else print(changeLine(change));
    }
    return failed === 0 ? exitCodes.done : exitCodes.failed;
  };

export const tickets = editing('tickets', ['create', 'edit', 'note']);
export const users = editing('users', ['edit']);

async function* one(kind: ChangeKind, record: string | undefined, options: OptionValues): AsyncGenerator<Wish> {
  if (kind !== 'create' && record === undefined) throw new UsageError('Say which record: its id or number.');
  const text = options.text('--text');
  if (kind === 'note' && text === undefined) throw new UsageError("A note needs a text: --text 'Called back.'");
  const fields =
    kind === 'note' ? { text: text ?? '', private: !options.has('--public') } : assignments(options.all('--set'));
  yield { fields, ...(record === undefined ? {} : { record }) };
}

async function* lines(source: string, signal: AbortSignal): AsyncGenerator<Wish> {
  const input = source === '-' ? process.stdin : createReadStream(source);
  let number = 0;
  for await (const line of createInterface({ input, signal })) {
    number += 1;
    if (line.trim() === '') continue;
    const value: unknown = parsed(line);
    const fields: unknown = Object(value).fields;
    if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
      throw new UsageError(
        `--from, line ${number}: one JSON object with "fields" is expected. What came before it is in the outbox.`,
      );
    }
    yield value as Wish;
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

async function proposalOf(
  engine: Engine,
  type: RecordType,
  kind: ChangeKind,
  given: string | undefined,
  { id, integration = given, record, fields }: Wish,
): Promise<Proposal> {
  const recordId = record === undefined ? undefined : await recordIdOf(engine, type, String(record), integration);
  return {
    type,
    kind,
    fields,
    author: userInfo().username,
    ...(id === undefined ? {} : { id: String(id) }),
    ...(integration === undefined ? {} : { integration }),
    ...(recordId === undefined ? {} : { recordId }),
  };
}

/** By portal id, by number, or by the vendor's id. */
async function recordIdOf(engine: Engine, type: RecordType, name: string, integration?: string): Promise<string> {
  if ((await engine.record(type, name)) !== null) return name;
  const scope = integration === undefined ? {} : { integration };
  for (const field of type === 'tickets' ? ['ticketNumber', 'externalId'] : ['email', 'externalId']) {
    const where = [{ field, op: '=', value: name }] as const;
    const { records } = await engine.records({ type, where, limit: 2, ...scope });
    if (records.length > 1) throw new UsageError(`"${name}" is in several integrations; say which with --integration.`);
    if (records[0] !== undefined) return records[0].id;
  }
  throw new UsageError(`There is no ${type === 'tickets' ? 'ticket' : 'user'} "${name}" in the portal.`);
}

/** The run under way may be past the point where it sends: then another one is asked for. */
async function send(engine: Engine, type: RecordType, ids: readonly string[]): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    const waiting: Change[] = [];
    for (const id of ids) waiting.push(...(await engine.changes({ id, states: ['waiting'] })));
    const integrations = [...new Set(waiting.map(({ integration }) => integration))];
    for (const integration of integrations) {
      const { failure } = await engine.sync(integration, { types: [type] });
      if (failure !== null) note(`${failure.cause} ${failure.fix}`);
    }
  }
}

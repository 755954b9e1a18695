/** Boards and what each has of its own (statuses, types, subtypes), and the lists all boards share. */
import { z } from 'zod';
import type { Lookups, LookupValue } from '../../src/connector/contract.ts';
import { Forbidden } from '../../src/connector/errors.ts';
import type { Choice } from '../../src/connector/manifest.ts';
import type { ConnectWiseApi } from './api.ts';

const named = { id: z.number().int(), name: z.string().nullish() };
const flag = z.boolean().nullish();

const boardRow = z.object({ ...named, inactiveFlag: flag, projectFlag: flag });
// Unlike everywhere else, without "Flag" in their names.
const statusRow = z.object({ ...named, inactive: flag, closedStatus: flag });
const typeRow = z.object({ ...named, inactiveFlag: flag });
const priorityRow = z.object({ ...named });
const companyStatusRow = z.object({ ...named, inactiveFlag: flag });

export interface Board {
  readonly id: number;
  readonly name: string;
  readonly inactive: boolean;
}

/** Service boards; those of projects hold no service tickets. */
export async function boards(api: ConnectWiseApi, signal: AbortSignal): Promise<Board[]> {
  const rows = await read(api, 'service/boards', boardRow, signal);
  return rows
    .filter(({ projectFlag }) => projectFlag !== true)
    .map(({ id, name, inactiveFlag }) => ({ id, name: name ?? `Board ${id}`, inactive: inactiveFlag === true }));
}

export async function boardChoices(api: ConnectWiseApi, signal: AbortSignal): Promise<Choice[]> {
  return (await boards(api, signal)).map(({ id, name, inactive }) => ({
    value: String(id),
    label: inactive ? `${name} (inactive)` : name,
  }));
}

/** The same name has another id on each board. Null for a board that the API member is kept from. */
export async function statusesOf(
  api: ConnectWiseApi,
  board: Board,
  signal: AbortSignal,
): Promise<LookupValue[] | null> {
  const rows = await ofBoard(api, board, 'statuses', statusRow, signal);
  return (
    rows?.map(({ id, name, inactive, closedStatus }) => ({
      id: String(id),
      name: name ?? `Status ${id}`,
      parent: String(board.id),
      closed: closedStatus === true,
      inactive: inactive === true,
    })) ?? null
  );
}

/** Ids of the company statuses that mean "inactive". */
export async function inactiveStatuses(api: ConnectWiseApi, signal: AbortSignal): Promise<ReadonlySet<number>> {
  const rows = await read(api, 'company/companies/statuses', companyStatusRow, signal);
  return new Set(rows.filter(({ inactiveFlag }) => inactiveFlag === true).map(({ id }) => id));
}

export async function lookups(api: ConnectWiseApi, signal: AbortSignal): Promise<Lookups> {
  const [all, priorities] = await Promise.all([
    boards(api, signal),
    read(api, 'service/priorities', priorityRow, signal),
  ]);
  const active = all.filter(({ inactive }) => !inactive);
  const statuses = await Promise.all(active.map((board) => statusesOf(api, board, signal)));
  const kindsOf = async (list: string, word: string): Promise<LookupValue[]> => {
    const lists = await Promise.all(active.map((board) => ofBoard(api, board, list, typeRow, signal)));
    return lists.flatMap((rows, index) =>
      (rows ?? []).map(({ id, name, inactiveFlag }) => ({
        id: String(id),
        name: name ?? `${word} ${id}`,
        parent: String(active[index]?.id),
        inactive: inactiveFlag === true,
      })),
    );
  };
  return {
    boards: all.map(({ id, name, inactive }) => ({ id: String(id), name, inactive })),
    statuses: statuses.flatMap((list) => list ?? []),
    ticketTypes: await kindsOf('types', 'Type'),
    subTypes: await kindsOf('subtypes', 'Subtype'),
    priorities: priorities.map(({ id, name }) => ({ id: String(id), name: name ?? `Priority ${id}` })),
  };
}

/** One hidden board must not cost the others. */
async function ofBoard<S extends z.ZodObject>(
  api: ConnectWiseApi,
  board: Board,
  list: string,
  row: S,
  signal: AbortSignal,
): Promise<z.infer<S>[] | null> {
  try {
    return await read(api, `service/boards/${board.id}/${list}`, row, signal);
  } catch (error) {
    if (error instanceof Forbidden) return null;
    throw error;
  }
}

async function read<S extends z.ZodObject>(
  api: ConnectWiseApi,
  path: string,
  row: S,
  signal: AbortSignal,
): Promise<z.infer<S>[]> {
  const rows = await api.all({ path, fields: Object.keys(row.shape) }, signal);
  return rows.flatMap((each) => {
    const parsed = row.safeParse(each);
    return parsed.success ? [parsed.data] : [];
  });
}

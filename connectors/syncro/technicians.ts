/**
 * What the list of technicians does not tell: their e-mail addresses, by which they are known in other integrations.
 *
 * Only `/users/{id}` tells them, one technician at a time, and every ticket of its assignee. A page of tickets is
 * therefore read as long as it tells of several, and single technicians are asked for at the end. What was learned
 * holds for a day, so that most syncs ask for the list alone.
 */
import { z } from 'zod';
import type { ConnectorMemory } from '../../src/connector/contract.ts';
import { Forbidden, NotFound } from '../../src/connector/errors.ts';
import type { SyncroApi } from './api.ts';
import { type UserDetail, userDetail } from './mapping.ts';

const day = 86_400_000;

export interface Technician {
  readonly id: number;
  readonly name: string | null;
}

const noted = z.object({
  /** Epoch milliseconds. */
  at: z.number(),
  /** In the list at that time; another one now says that the rest may have changed too. */
  name: z.string().nullable(),
  detail: userDetail,
});

/** Without those that Syncro does not tell: then the name is all that is known. */
export async function detailsOf(
  technicians: readonly Technician[],
  api: SyncroApi,
  memory: ConnectorMemory,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, UserDetail>> {
  const details = new Map<number, UserDetail>();
  const missing = new Map<number, Technician>();
  for (const technician of technicians) {
    const known = recall(memory, technician, api.now());
    if (known === null) missing.set(technician.id, technician);
    else details.set(technician.id, known);
  }
  const learn = (detail: UserDetail) => {
    const technician = missing.get(detail.id);
    if (technician === undefined) return;
    details.set(detail.id, detail);
    missing.delete(detail.id);
    memory.set(keyOf(technician), JSON.stringify({ at: api.now(), name: technician.name, detail }));
  };
  // Without the right to ask, the names are still worth having.
  await unlessForbidden(learnFromTickets(api, missing, learn, signal));
  await unlessForbidden(learnOneByOne(api, missing, learn, signal));
  return details;
}

const assignee = z.object({ user: userDetail });

async function learnFromTickets(
  api: SyncroApi,
  missing: ReadonlyMap<number, Technician>,
  learn: (detail: UserDetail) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let page = 1; missing.size > 1; page++) {
    const before = missing.size;
    const { rows, totalPages = page } = await api.page('tickets', { page }, signal);
    for (const row of rows) {
      const told = assignee.safeParse(row);
      if (told.success) learn(told.data.user);
    }
    // One technician is one request: no page is worth less.
    if (before - missing.size < 2 || page >= totalPages) return;
  }
}

async function learnOneByOne(
  api: SyncroApi,
  missing: ReadonlyMap<number, Technician>,
  learn: (detail: UserDetail) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const id of [...missing.keys()]) {
    try {
      learn(await api.user(id, signal));
    } catch (error) {
      // Deleted since the list was read.
      if (!(error instanceof NotFound)) throw error;
    }
  }
}

async function unlessForbidden(asking: Promise<void>): Promise<void> {
  try {
    await asking;
  } catch (error) {
    if (!(error instanceof Forbidden)) throw error;
  }
}

const keyOf = ({ id }: Technician) => `technician ${id}`;

function recall(memory: ConnectorMemory, technician: Technician, now: number): UserDetail | null {
  const text = memory.get(keyOf(technician));
  if (text === undefined) return null;
  const known = noted.safeParse(JSON.parse(text)).data;
  return known === undefined || known.name !== technician.name || now - known.at > day ? null : known.detail;
}

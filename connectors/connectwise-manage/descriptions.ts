/** The description of a ticket is no field of it but its first note for the customer to see. */
import { z } from 'zod';
import { NotFound } from '../../src/connector/errors.ts';
import type { SourceItem } from '../../src/connector/source-item.ts';
import { orNull } from '../../src/connector/values.ts';
import type { ConnectWiseApi } from './api.ts';

type Maybe = SourceItem | null;

const noteRows = z.array(z.object({ text: z.string().nullish() }));

/** Costs one request for each ticket. */
export async function withDescription(api: ConnectWiseApi, item: Maybe, signal: AbortSignal): Promise<Maybe> {
  if (item?.kind !== 'record') return item;
  const query = { conditions: 'detailDescriptionFlag=true', orderBy: 'id asc', pageSize: 1 };
  try {
    const rows = await api.rows(`service/tickets/${item.externalId}/notes`, query, signal);
    const description = orNull(noteRows.safeParse(rows).data?.[0]?.text?.replaceAll('\u0000', ''));
    return { ...item, record: { ...item.record, description } } as SourceItem<'tickets'>;
  } catch (error) {
    // Deleted since the page was read: the next full pass will see.
    if (error instanceof NotFound) return item;
    throw error;
  }
}

/** Subscribed SKUs and subscriptions, and the licences they make. Pure. */
import { z } from 'zod';
import type { SourceItem } from '../../../src/connector/source-item.ts';
import { orNull, utcTime } from '../../../src/connector/values.ts';
import { belongsTo, flag, idOf, number, text } from './fields.ts';

export const skuRow = z.object({
  id: z.string(),
  skuId: text,
  skuPartNumber: text,
  capabilityStatus: text,
  appliesTo: text,
  consumedUnits: number,
  prepaidUnits: z
    .object({ enabled: number, warning: number, suspended: number, lockedOut: number })
    .nullish()
    .catch(null),
});
export type SkuRow = z.infer<typeof skuRow>;

export const subscriptionRow = z.object({
  id: z.string(),
  skuId: text,
  status: text,
  isTrial: flag,
  nextLifecycleDateTime: text,
});
export type SubscriptionRow = z.infer<typeof subscriptionRow>;

/** Products without charge come with ten thousand seats and more. */
const freeFrom = 10_000;

/** `subscriptions`: null where they cannot be read. */
export function toLicense(
  row: SkuRow,
  subscriptions: readonly SubscriptionRow[] | null,
  tenant: string,
): SourceItem<'licenses'> {
  const { enabled, warning, suspended, lockedOut } = row.prepaidUnits ?? {};
  const seats = enabled ?? null;
  const used = row.consumedUnits;
  const own = subscriptions?.filter(({ skuId, status }) => skuId === row.skuId && status !== 'Deleted') ?? [];
  const ends = own.map(({ nextLifecycleDateTime }) => utcTime(nextLifecycleDateTime)).filter((time) => time !== null);
  return {
    kind: 'record',
    externalId: idOf(row.id),
    modifiedAt: null,
    record: {
      ...belongsTo(tenant),
      name: orNull(row.skuPartNumber) ?? orNull(row.skuId),
      productId: orNull(row.skuId),
      status: orNull(row.capabilityStatus),
      appliesTo: orNull(row.appliesTo),
      seats,
      used,
      available: seats === null ? null : Math.max(0, seats - (used ?? 0)),
      seatsInWarning: warning ?? null,
      seatsSuspended: suspended ?? null,
      seatsLockedOut: lockedOut ?? null,
      isFree: seats === null ? null : seats >= freeFrom,
      ...(subscriptions === null
        ? {}
        : { isTrial: own.some(({ isTrial }) => isTrial === true), renewsAt: ends.sort()[0] ?? null }),
    },
  };
}

/** What changed between two snapshots, and the newer one from the older and that. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { IntegrationView, Snapshot } from '../engine/snapshot.ts';

type House = Omit<Snapshot, 'revision' | 'integrations'>;

export interface SnapshotPatch {
  readonly revision: number;
  /** Of what is not about one integration: the parts that changed. */
  readonly house?: Partial<House>;
  /** Of each integration that changed: the fields that did. */
  readonly integrations?: Readonly<Record<string, Partial<IntegrationView>>>;
  /** The list itself is another; it is sent in whole. */
  readonly all?: readonly IntegrationView[];
}

export function patchBetween(before: Snapshot, after: Snapshot): SnapshotPatch {
  const { revision, integrations, ...house } = after;
  const changed = changedFields<House>(before, house);
  const sameList =
    integrations.length === before.integrations.length &&
    integrations.every(({ id }, index) => id === before.integrations[index]?.id);
  if (!sameList) return { revision, ...(changed && { house: changed }), all: integrations };
  const views = integrations.flatMap((view, index) => {
    const fields = changedFields(before.integrations[index] as IntegrationView, view);
    return fields === null ? [] : [[view.id, fields] as const];
  });
  return {
    revision,
    ...(changed && { house: changed }),
    ...(views.length > 0 && { integrations: Object.fromEntries(views) }),
  };
}

/** What did not change stays the same object, so that whoever shows it need not look at it again. */
export function applyPatch(before: Snapshot, { revision, house, integrations, all }: SnapshotPatch): Snapshot {
  return {
    ...before,
    ...house,
    revision,
    integrations:
      all ??
      (integrations === undefined
        ? before.integrations
        : before.integrations.map((view) => {
            const fields = integrations[view.id];
            return fields === undefined ? view : { ...view, ...fields };
          })),
  };
}

/** Null: none. */
function changedFields<T extends object>(before: T, after: T): Partial<T> | null {
  const fields = (Object.keys(after) as (keyof T)[]).filter((key) => !isDeepStrictEqual(before[key], after[key]));
  return fields.length === 0 ? null : (Object.fromEntries(fields.map((key) => [key, after[key]])) as Partial<T>);
}

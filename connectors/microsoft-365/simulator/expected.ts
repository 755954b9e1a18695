/** What a connection with the default options is expected to hold, and edits as people at the vendor make them. */
import type { Controlled, ExpectedRecord } from '../../../src/simulator/control.ts';
import { controlledBy, controls, revised } from '../../../src/simulator/kinds.ts';
import type { Instance } from './instance.ts';
import type { Control, Sku, Tenant } from './model.ts';

/** All of it can be read only where the companies of the same world are in the portal. */
export function controlled(instance: Instance): Controlled {
  const of = <Row>(rows: (tenant: Tenant) => readonly Row[]) =>
    instance.named.flatMap((tenant) => rows(tenant).map((row) => ({ tenant, row })));
  const timeless = { updatedAt: null };

  return controlledBy(instance.world.seed, {
    companies: fixed(() =>
      instance.named.filter(({ partner }) => !partner).map(({ id, name }) => ({ externalId: id, name, ...timeless })),
    ),
    tenants: {
      ...controls<Tenant>({
        rows: () => [...instance.named],
        expected: ({ id, name }) => ({ externalId: id, name, ...timeless }),
        change: (tenant) => Object.assign(tenant, { name: revised(tenant.name) }),
        remove: () => {},
        create: () => instance.provider,
      }),
      // The tenants are those that the credentials name.
      remove: () => [],
      create: () => [],
    },
    licenses: controls<{ tenant: Tenant; row: Sku }>({
      rows: () => of(({ skus }) => skus),
      expected: ({ tenant, row }) => ({
        externalId: `${tenant.id}_${row.skuId}`,
        name: row.partNumber,
        used: row.consumed,
        ...timeless,
      }),
      change: ({ row }) => Object.assign(row, { consumed: row.consumed + 1 }),
      remove: ({ tenant, row }) => tenant.skus.splice(tenant.skus.indexOf(row), 1),
      create: () => ({ tenant: instance.provider, row: instance.addSku(instance.provider) }),
    }),
    secureScores: {
      ...controls<Tenant>({
        rows: () => instance.named.filter(({ scored }) => scored),
        expected: (tenant) => ({
          externalId: tenant.id,
          currentScore: instance.scores(tenant)[0]?.score ?? null,
          ...timeless,
        }),
        change: (tenant) => Object.assign(tenant, { extraPoints: tenant.extraPoints + 1 }),
        remove: (tenant) => Object.assign(tenant, { scored: false }),
        create: () => instance.provider,
      }),
      create: () => [],
    },
    scoreControls: controls<{ tenant: Tenant; row: Control }>({
      rows: () =>
        of((tenant) => tenant.controls.filter(({ scored, profiled }) => profiled || (scored && tenant.scored))),
      expected: ({ tenant, row }) => ({
        externalId: `${tenant.id}_${row.id}`,
        title: row.profiled ? row.title : row.id,
        ...timeless,
      }),
      change: ({ row }) =>
        Object.assign(
          row,
          row.profiled ? { state: row.state === 'Reviewed' ? 'Ignored' : 'Reviewed' } : { score: row.score + 1 },
        ),
      remove: ({ tenant, row }) => tenant.controls.splice(tenant.controls.indexOf(row), 1),
      create: () => ({ tenant: instance.provider, row: instance.addControl(instance.provider) }),
    }),
    delegatedAdmins: controls({
      rows: () => instance.relationships.filter(({ name }) => !name.startsWith('MLT_')),
      expected: (row) => ({
        externalId: `${instance.provider.id}_${row.id}`,
        name: row.name,
        updatedAt: new Date(row.modified).toISOString(),
      }),
      change: (row) => Object.assign(row, { name: revised(row.name), modified: instance.clock.now() }),
      remove: (row) => instance.relationships.splice(instance.relationships.indexOf(row), 1),
      create: () => instance.addRelationship(instance.tenants[1]!),
    }),
  });
}

/** Listed only: the portal's companies are changed in the PSA. */
function fixed(records: () => ExpectedRecord[]) {
  const nothing = (): string[] => [];
  return { records, change: nothing, remove: nothing, create: nothing };
}

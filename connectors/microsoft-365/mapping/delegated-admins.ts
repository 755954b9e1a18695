/** Delegated admin relationships. Pure. */
import { z } from 'zod';
import type { SourceItem } from '../../../src/connector/source-item.ts';
import { orNull, utcTime } from '../../../src/connector/values.ts';
import { idOf, listOf, text } from './fields.ts';

export const relationshipRow = z.object({
  id: z.string(),
  displayName: text,
  status: text,
  customer: z.object({ tenantId: text, displayName: text }).nullish().catch(null),
  autoExtendDuration: text,
  accessDetails: z
    .object({ unifiedRoles: listOf(z.object({ roleDefinitionId: z.string() })) })
    .nullish()
    .catch(null),
  createdDateTime: text,
  activatedDateTime: text,
  endDateTime: text,
  lastModifiedDateTime: text,
});
export type RelationshipRow = z.infer<typeof relationshipRow>;

/** `partner`: the id of the provider's tenant, which lists them. */
export function toDelegatedAdmin(row: RelationshipRow, partner: string): SourceItem<'delegatedAdmins'> {
  const customer = orNull(row.customer?.tenantId)?.toLowerCase() ?? null;
  const roles = row.accessDetails?.unifiedRoles.map(({ roleDefinitionId }) => roleDefinitionId) ?? null;
  return {
    kind: 'record',
    externalId: `${partner}_${idOf(row.id)}`,
    modifiedAt: null,
    record: {
      tenantExternalId: customer,
      companyExternalId: customer,
      name: orNull(row.displayName),
      status: orNull(row.status),
      isActive: row.status === 'active' || row.status === 'expiring',
      customerName: orNull(row.customer?.displayName),
      roles,
      roleCount: roles?.length ?? null,
      autoExtends: !['', 'PT0S', 'P0D'].includes(row.autoExtendDuration ?? ''),
      createdAt: utcTime(row.createdDateTime),
      activatedAt: utcTime(row.activatedDateTime),
      endsAt: utcTime(row.endDateTime),
      updatedAt: utcTime(row.lastModifiedDateTime),
    },
  };
}

/** Relationships that Microsoft made while it moved partners to GDAP; nobody manages these. */
export const isTransitional = (row: RelationshipRow): boolean => row.displayName?.startsWith('MLT_') ?? false;

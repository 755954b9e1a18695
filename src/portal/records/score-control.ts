import { z } from 'zod';
import { amount, flag, list, ownFields, type RecordTypeDefinition, text, time } from './define.ts';
import { filledIn, ofTenant, tenantReferences } from './of-tenant.ts';

/** One improvement action of a tenant's Secure Score: what it gives now and what it could give. */
export const scoreControlSchema = z.object({
  ...ownFields,
  ...ofTenant,
  /** The vendor's name of it; `scid_` controls come from its endpoint product. */
  controlId: text(),
  name: text(),
  /** Identity, Data, Device, Apps, Infrastructure. */
  category: text(),
  score: amount(),
  maxScore: amount(),
  /** Points still to be had; null where the maximum or the score is not known. */
  gain: amount(),
  implementationStatus: text(),
  /** Low, Moderate, High. */
  userImpact: text(),
  implementationCost: text(),
  /** The vendor's order of importance, 1 first. */
  rank: amount(),
  tier: text(),
  service: text(),
  /** Default, Ignored, ThirdParty, Reviewed. */
  state: text(),
  /** False: the vendor has retired it. */
  isActive: flag(),
  description: text(),
  remediation: text(),
  remediationImpact: text(),
  actionUrl: text(),
  threats: list(),
  lastSyncedAt: time(),
});

export const scoreControlSource = scoreControlSchema
  .omit({ id: true, provider: true, externalId: true, ...filledIn })
  .partial();

export const scoreControls = {
  type: 'scoreControls',
  singular: 'score control',
  label: 'Score controls',
  schema: scoreControlSchema,
  source: scoreControlSource,
  columns: {
    name: { label: 'Action', index: true, priority: 1, width: 40 },
    tenantName: { label: 'Tenant', index: true, priority: 2, width: 22 },
    gain: { label: 'Gain', index: true, priority: 3, width: 6 },
    score: { label: 'Score', priority: 4, width: 6 },
    maxScore: { label: 'Maximum', priority: 5, width: 7 },
    category: { label: 'Category', index: true, priority: 6, width: 14 },
    userImpact: { label: 'User impact', priority: 7, width: 11 },
    implementationCost: { label: 'Cost', priority: 8, width: 8 },
    state: { label: 'State', index: true, priority: 9, width: 10 },
    service: { label: 'Service', priority: 10, width: 8 },
    rank: { label: 'Rank', index: true, priority: 11, width: 5 },
    isActive: { label: 'Active', priority: 12, width: 6 },
    companyName: { label: 'Company', index: true, priority: 13, width: 22 },
  },
  references: tenantReferences,
  title: ['name', 'controlId'],
} satisfies RecordTypeDefinition;

import { z } from 'zod';
import { amount, list, ownFields, type RecordTypeDefinition, time } from './define.ts';
import { filledIn, ofTenant, tenantReferences } from './of-tenant.ts';

/** One day's score. `date` is `YYYY-MM-DD`. */
const scoreOfDay = z.object({ date: z.string(), score: z.number(), maxScore: z.number() });

/** The newest Secure Score of a tenant, and the days before it. */
export const secureScoreSchema = z.object({
  ...ownFields,
  ...ofTenant,
  currentScore: amount(),
  maxScore: amount(),
  /** Two decimals; 0 where the maximum is. */
  percentage: amount(),
  scoreDate: time(),
  /** The average of all tenants, as the vendor states it. */
  averageComparativeScore: amount(),
  comparisons: z.array(z.object({ basis: z.string(), averageScore: z.number() })).nullable(),
  activeUserCount: amount(),
  licensedUserCount: amount(),
  enabledServices: list(),
  /** Up to 90 days, oldest first, the present score last. */
  history: z.array(scoreOfDay).nullable(),
});

export const secureScoreSource = secureScoreSchema
  .omit({ id: true, provider: true, externalId: true, ...filledIn })
  .partial();

export const secureScores = {
  type: 'secureScores',
  singular: 'secure score',
  label: 'Secure scores',
  schema: secureScoreSchema,
  source: secureScoreSource,
  columns: {
    tenantName: { label: 'Tenant', index: true, priority: 1, width: 26 },
    percentage: { label: 'Percent', index: true, priority: 2, width: 8 },
    currentScore: { label: 'Score', index: true, priority: 3, width: 8 },
    maxScore: { label: 'Maximum', priority: 4, width: 8 },
    averageComparativeScore: { label: 'Average', priority: 5, width: 8 },
    companyName: { label: 'Company', index: true, priority: 6, width: 22 },
    scoreDate: { label: 'Day', index: true, priority: 7, width: 12 },
    licensedUserCount: { label: 'Licensed', priority: 8, width: 8 },
  },
  references: tenantReferences,
  title: ['tenantName'],
} satisfies RecordTypeDefinition;

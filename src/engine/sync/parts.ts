/** A vendor that is read part by part (tenant by tenant): a part that fails is an issue of its own and stops nothing else. */
import type { PagePart } from '../../connector/contract.ts';
import type { RecordTypeSpec } from '../../connector/manifest.ts';
import type { PullEnvironment } from './pull.ts';

const reason = 'part-failed';

/** Raises and clears the issues of these parts. Returns the beginnings of external ids that a sweep must leave alone. */
export function noteParts(
  spec: RecordTypeSpec,
  parts: readonly PagePart[],
  { integration, portal, now }: Pick<PullEnvironment, 'integration' | 'portal' | 'now'>,
): string[] {
  for (const part of parts) {
    // Not the external id of any row: the rows of a part come and go without a word on the part.
    const externalId = `part:${part.key}`;
    const concerns = part.status !== 'failed' ? null : part.whole ? 'all' : 'type';
    if (concerns !== 'all') portal.clearIssues({ integration, type: null, reason, externalId });
    if (concerns !== 'type') portal.clearIssues({ integration, type: spec.type, reason, externalId });
    if (part.status !== 'failed') continue;
    portal.raiseIssue({
      integration,
      type: part.whole ? null : spec.type,
      externalId,
      reason,
      label: part.whole ? part.label : `${part.label}: ${spec.vendorName}`,
      detail: `${part.error.reason} ${part.error.fix}`,
      at: new Date(now()).toISOString(),
    });
  }
  return parts.filter(({ status }) => status !== 'read').map(({ prefix }) => prefix);
}

/** Secure Score by day, its controls and their profiles. Pure. */
import { z } from 'zod';
import type { SourceItem } from '../../../src/connector/source-item.ts';
import { orNull, utcTime } from '../../../src/connector/values.ts';
import { belongsTo, flag, listOf, number, plain, text, texts } from './fields.ts';

const controlScoreRow = z.object({
  controlName: text,
  controlCategory: text,
  description: text,
  score: number,
  implementationStatus: text,
  lastSynced: text,
});
export type ControlScoreRow = z.infer<typeof controlScoreRow>;

export const scoreRow = z.object({
  id: z.string(),
  azureTenantId: text,
  createdDateTime: text,
  currentScore: number,
  maxScore: number,
  activeUserCount: number,
  licensedUserCount: number,
  enabledServices: texts,
  averageComparativeScores: listOf(z.object({ basis: text, averageScore: number })),
  controlScores: listOf(controlScoreRow),
});
export type ScoreRow = z.infer<typeof scoreRow>;

/** A day of the past: of its fifteen kilobytes only the score counts. */
export const pastScoreRow = scoreRow.pick({ createdDateTime: true, currentScore: true, maxScore: true });
export type PastScoreRow = z.infer<typeof pastScoreRow>;

export const daysOfHistory = 90;

export const dayOf = (row: Pick<ScoreRow, 'createdDateTime'>): string | null =>
  utcTime(row.createdDateTime)?.slice(0, 10) ?? null;

/** `days`: the newest 90, in any order; null where only the newest one was read, and the history told before stands. */
export function toSecureScore(
  row: ScoreRow,
  days: readonly PastScoreRow[] | null,
  tenant: string,
): SourceItem<'secureScores'> {
  const comparisons = row.averageComparativeScores.flatMap(({ basis, averageScore }) =>
    basis && averageScore !== null ? [{ basis, averageScore }] : [],
  );
  return {
    kind: 'record',
    externalId: tenant,
    modifiedAt: null,
    record: {
      ...belongsTo(tenant),
      currentScore: row.currentScore,
      maxScore: row.maxScore,
      percentage: row.currentScore === null ? null : percent(row.currentScore, row.maxScore),
      scoreDate: utcTime(row.createdDateTime),
      averageComparativeScore: comparisons.find(({ basis }) => basis === 'AllTenants')?.averageScore ?? null,
      comparisons,
      activeUserCount: row.activeUserCount,
      licensedUserCount: row.licensedUserCount,
      enabledServices: row.enabledServices ?? null,
      ...(days === null ? {} : { history: historyOf(days) }),
    },
  };
}

/** The maximum can be 0. */
function percent(score: number, max: number | null): number {
  return max === null || max <= 0 ? 0 : Math.round((score / max) * 10_000) / 100;
}

function historyOf(days: readonly PastScoreRow[]) {
  const points = days.flatMap((row) => {
    const date = dayOf(row);
    return date === null || row.currentScore === null
      ? []
      : [{ date, score: row.currentScore, maxScore: row.maxScore ?? 0 }];
  });
  const byDay = new Map(points.map((point) => [point.date, point]));
  return [...byDay.values()].sort((a, b) => (a.date < b.date ? -1 : 1)).slice(-daysOfHistory);
}

export const profileRow = z.object({
  id: z.string(),
  title: text,
  controlCategory: text,
  maxScore: number,
  rank: number,
  tier: text,
  service: text,
  implementationCost: text,
  userImpact: text,
  actionUrl: text,
  remediation: text,
  remediationImpact: text,
  threats: texts,
  deprecated: flag,
  controlStateUpdates: listOf(z.object({ state: text })),
});
export type ProfileRow = z.infer<typeof profileRow>;

/** A control can have a score without a profile (retired, or of the endpoint product) and the reverse: what is there is shown. */
export function toScoreControls(
  score: ScoreRow | null,
  profiles: readonly ProfileRow[],
  tenant: string,
): SourceItem<'scoreControls'>[] {
  const scored = new Map<string, ControlScoreRow>();
  for (const row of score?.controlScores ?? []) {
    const name = orNull(row.controlName);
    if (name !== null && !scored.has(name)) scored.set(name, row);
  }
  const known = new Map(profiles.map((row) => [row.id, row]));
  const names = new Set([...known.keys(), ...scored.keys()]);
  return [...names].map((name) => toScoreControl(name, scored.get(name), known.get(name), tenant));
}

function toScoreControl(
  name: string,
  row: ControlScoreRow | undefined,
  profile: ProfileRow | undefined,
  tenant: string,
): SourceItem<'scoreControls'> {
  const score = row?.score ?? null;
  const maxScore = profile?.maxScore ?? null;
  return {
    kind: 'record',
    externalId: `${tenant}_${name}`,
    modifiedAt: null,
    record: {
      ...belongsTo(tenant),
      controlId: name,
      name: orNull(profile?.title) ?? name,
      category: orNull(profile?.controlCategory) ?? orNull(row?.controlCategory),
      score,
      maxScore,
      gain: score === null || maxScore === null ? null : Math.round(Math.max(0, maxScore - score) * 100) / 100,
      implementationStatus: plain(row?.implementationStatus),
      userImpact: orNull(profile?.userImpact),
      implementationCost: orNull(profile?.implementationCost),
      rank: profile?.rank ?? null,
      tier: orNull(profile?.tier),
      service: orNull(profile?.service),
      state: orNull(profile?.controlStateUpdates.at(-1)?.state),
      isActive: profile === undefined ? null : profile.deprecated !== true,
      description: plain(row?.description),
      remediation: plain(profile?.remediation),
      remediationImpact: plain(profile?.remediationImpact),
      actionUrl: orNull(profile?.actionUrl),
      threats: profile?.threats ?? null,
      lastSyncedAt: utcTime(row?.lastSynced),
    },
  };
}

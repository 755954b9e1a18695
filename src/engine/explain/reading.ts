/** How far each integration has read a record type, and what of its settings would keep a record out. */
import type { Manifest, OptionField, Options } from '../../connector/manifest.ts';
import { definitionOf, type RecordType } from '../../portal/records/index.ts';
import type { TypeCursor } from '../sync/cursor.ts';
import type { ExplainRequest } from './story.ts';
import type { ExplainParts } from './written.ts';

export interface Reading {
  readonly id: string;
  readonly manifest: Manifest;
  readonly configured: boolean;
  readonly enabled: boolean;
  readonly types: readonly string[];
  readonly options: Options;
  readonly initialImport: boolean;
  readonly lastSync: string | null;
  readonly problem: { readonly cause: string; readonly fix: string } | null;
  readonly cursor: TypeCursor | null;
}

interface Why {
  readonly why: string;
  readonly fix: string;
}

/** Every integration that could hold such a record: connected ones, or the one that was asked for. */
export async function readings({ type, integration }: ExplainRequest, parts: ExplainParts): Promise<Reading[]> {
  const found: Reading[] = [];
  for (const { id, load } of parts.catalogue) {
    if (load === undefined || (integration !== undefined && id !== integration)) continue;
    const configured = parts.integrations.isConfigured(id);
    if (!configured && integration === undefined) continue;
    const { manifest } = await load();
    if (!manifest.recordTypes.some((spec) => spec.type === type)) continue;
    const stored = parts.integrations.get(id);
    found.push({
      id,
      manifest,
      configured,
      enabled: stored?.enabled ?? false,
      types: stored?.settings.types ?? [],
      options: stored?.options ?? {},
      initialImport: stored?.settings.initialImport ?? true,
      lastSync: stored?.last.lastSync ?? null,
      problem: stored?.last.error ?? null,
      cursor: parts.reader.cursor(id, type) as TypeCursor | null,
    });
  }
  return found;
}

/** What would hold such a record back, most telling first. */
export function whyMissing({ type }: ExplainRequest, reads: readonly Reading[]): Why[] {
  const ranked = reads.flatMap((read) => whyOf(type, read));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ why, fix }) => ({ why, fix }));
}

function whyOf(type: RecordType, read: Reading): (Why & { rank: number })[] {
  const { id, manifest, cursor } = read;
  const { label, singular, references } = definitionOf(type);
  const plural = label.toLowerCase();
  const { name } = manifest;
  const settings = `Change it in the settings of ${name}.`;
  if (!read.configured)
    return [{ rank: 0, why: `${name} is not connected.`, fix: `msportal connect ${id} --credentials FILE` }];
  if (!read.types.includes(type))
    return [{ rank: 0, why: `${plural} of ${name} are not among the record types that are synced.`, fix: settings }];
  const unsynced = references.find(({ to, missing }) => missing === 'hold' && !read.types.includes(to));
  if (unsynced !== undefined) {
    const parent = definitionOf(unsynced.to as RecordType).label.toLowerCase();
    return [
      {
        rank: 0,
        why: `${parent} of ${name} are not synced, and a ${singular} is only taken with the one it belongs to.`,
        fix: settings,
      },
    ];
  }
  if (!read.enabled)
    return [{ rank: 1, why: `${name} is disabled, so nothing is read.`, fix: `msportal enable ${id}` }];
  if (read.problem !== null)
    return [{ rank: 1, why: `the last sync of ${name} failed: ${read.problem.cause}`, fix: read.problem.fix }];
  if (cursor === null)
    return [{ rank: 1, why: `no run has read ${plural} of ${name} yet.`, fix: `msportal sync ${id}` }];
  if (cursor.pass !== null && cursor.fullAt === null)
    return [
      {
        rank: 1,
        why: `the first read of ${plural} of ${name} is not complete yet.`,
        fix: `msportal sync ${id} goes on where it stopped.`,
      },
    ];
  if (!read.initialImport) {
    const why = `${name} was connected without what existed before, and it has not changed since.`;
    return [{ rank: 2, why, fix: 'Change the record there, or switch the initial import on in the settings.' }];
  }
  const narrowed = manifest.options.filter((field) => narrows(field, read.options, type)).map((field) => field.label);
  const chosen = narrowed.length === 0 ? '' : ` The settings leave some out: ${narrowed.join(', ')}.`;
  const upTo =
    cursor.mark === null ? '' : ` Changes are read up to ${cursor.mark}; what is newer comes with the next sync.`;
  return [
    {
      rank: 3,
      why: `the last complete read of ${plural} of ${name}, ended ${cursor.fullAt ?? 'never'}, did not list it.${chosen}${upTo}`,
      fix: `Check the number, and whether the API user sees it at ${name}; then run msportal sync ${id} --type ${type} --full.`,
    },
  ];
}

/** Chosen in another way than by default, in an option that decides what of this type is read. */
function narrows(field: OptionField, options: Options, type: RecordType): boolean {
  const value = options[field.key];
  return (
    field.rereads?.includes(type) === true &&
    value !== undefined &&
    JSON.stringify(value) !== JSON.stringify(field.fallback)
  );
}

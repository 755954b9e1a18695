/** What all of Graph's shapes share. Rows are read leniently: any member may be null, absent, or a number written as text. */
import { z } from 'zod';
import { joined } from '../../../src/connector/values.ts';

export const text = z.string().nullish().catch(null);
export const flag = z.boolean().nullish().catch(null);
export const texts = z.array(z.string()).nullish().catch(null);
export const number = z
  .union([z.number(), z.string()])
  .nullish()
  .catch(null)
  .transform((value) => {
    const numeric = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof numeric === 'number' && Number.isFinite(numeric) ? numeric : null;
  });
export const listOf = <S extends z.ZodType>(row: S) =>
  z
    .array(row)
    .nullish()
    .transform((rows) => rows ?? []);

/** The ids of licences and scores begin with the tenant's id as Microsoft writes it; ours are in lower case throughout. */
export const idOf = (id: string): string => id.toLowerCase();

export function belongsTo(tenant: string) {
  return { tenantExternalId: tenant, companyExternalId: tenant };
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" };

/** Texts come as HTML. Only words are kept: it is read in a terminal. */
export function plain(html: string | null | undefined): string | null {
  if (html === null || html === undefined) return null;
  const words = html
    .replaceAll(/<(br|\/p|\/li|\/div|\/h\d)\b[^>]*>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name: string) => entities[name] ?? '');
  return joined(words.split(/\s*\n\s*/), '\n');
}

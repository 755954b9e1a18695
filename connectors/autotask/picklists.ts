/** Autotask's named values (statuses, queues, types): a tenant's own, listed in the metadata of the field that holds them. Pure. */
import { z } from 'zod';
import type { LookupValue } from '../../src/connector/contract.ts';

/** `value` is text though the field itself is a number; `parentValue` is "" or null where there is none. */
const picklistValue = z.object({
  value: z.union([z.string(), z.number()]).transform(String),
  label: z.string().nullish(),
  sortOrder: z.number().nullish(),
  parentValue: z.union([z.string(), z.number()]).nullish(),
  isActive: z.boolean().nullish(),
  isDefaultValue: z.boolean().nullish(),
});
/** The answer of `entityInformation/fields`. */
export const fieldsAnswer = z.object({
  fields: z.array(z.object({ name: z.string(), picklistValues: z.array(picklistValue).nullish() })),
});

export class Picklists {
  readonly #values: ReadonlyMap<string, readonly z.infer<typeof picklistValue>[]>;

  constructor({ fields }: z.infer<typeof fieldsAnswer>) {
    this.#values = new Map(fields.map(({ name, picklistValues }) => [name.toLowerCase(), picklistValues ?? []]));
  }

  /** Null for an empty field; a value that the list does not have is told by its number. */
  label(field: string, value: number | null | undefined): string | null {
    if (typeof value !== 'number') return null;
    const known = this.#of(field).find((each) => each.value === String(value));
    return known?.label?.trim() || `${field.replace(/ID$/, '')} ${value}`;
  }

  /** In the tenant's own order, inactive ones too: old records still carry them. */
  values(field: string): LookupValue[] {
    return [...this.#of(field)]
      .sort((a, b) => (a.sortOrder ?? 0) - (b.sortOrder ?? 0))
      .map(({ value, label, parentValue, isActive }) => {
        const parent = String(parentValue ?? '');
        return {
          id: value,
          name: label?.trim() || value,
          ...(parent === '' ? {} : { parent }),
          ...(isActive === false ? { inactive: true } : {}),
        };
      });
  }

  /** The id of what Autotask's own forms begin with; undefined where the tenant chose nothing. */
  initial(field: string): string | undefined {
    return this.#of(field).find((each) => each.isDefaultValue === true && each.isActive !== false)?.value;
  }

  #of(field: string) {
    return this.#values.get(field.toLowerCase()) ?? [];
  }
}

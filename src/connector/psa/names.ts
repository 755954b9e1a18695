/** From the names that people see to the ids that a vendor takes. */
import type { Lookups, LookupValue } from '../contract.ts';
import { Rejected } from '../errors.ts';

/** What forms and other programs say: statuses, priorities, queues by name. Reads the vendor's lists when first needed. */
export class Names {
  readonly #read: () => Promise<Lookups>;
  readonly #product: string;
  #lists: Promise<Lookups> | null = null;
  #refreshed = false;

  /** @param product as people call the vendor's product: `Halo` */
  constructor(product: string, read: () => Promise<Lookups>) {
    this.#product = product;
    this.#read = read;
  }

  lists(): Promise<Lookups> {
    this.#lists ??= this.#read();
    return this.#lists;
  }

  /**
   * The value of that name, case aside. A name that is not there may be new, so the lists are read once more before it is given up.
   * @param field of the record, for the refusal
   * @param parent only values of this parent
   * @throws Rejected with the field, naming what there is
   */
  async value(list: string, field: string, name: unknown, parent?: string): Promise<LookupValue> {
    const found = await this.#find(list, name, parent);
    if (found !== undefined) return found;
    if (!this.#refreshed) {
      this.#refreshed = true;
      this.#lists = this.#read();
      const fresh = await this.#find(list, name, parent);
      if (fresh !== undefined) return fresh;
    }
    const all = ((await this.lists())[list] ?? []).filter((value) => fits(value, parent));
    const known = [...new Set(all.map((value) => value.name))].slice(0, 12).join(', ');
    throw rejected(field, `${this.#product} has no ${field} "${String(name)}".`, known === '' ? undefined : known);
  }

  async #find(list: string, name: unknown, parent: string | undefined): Promise<LookupValue | undefined> {
    const wanted = String(name).trim().toLowerCase();
    const values = ((await this.lists())[list] ?? []).filter((value) => fits(value, parent));
    const same = values.filter((value) => value.name.trim().toLowerCase() === wanted);
    return same.find(({ inactive }) => inactive !== true) ?? same[0];
  }
}

const fits = (value: LookupValue, parent: string | undefined) => parent === undefined || value.parent === parent;

/** A refusal of ours, before anything is sent. */
export function rejected(field: string, reason: string, known?: string): Rejected {
  const fix = known === undefined ? 'Change the value and try again.' : `It has: ${known}.`;
  return new Rejected({ [field]: reason }, { reason, fix });
}

/** A vendor's lists of values during one connection: from ids to the names that people see, and back. */
import { fieldWord } from '../../portal/records/field-label.ts';
import { tickets } from '../../portal/records/ticket.ts';
import type { Lookups, LookupValue } from '../contract.ts';
import { Rejected } from '../errors.ts';
import type { SourceItem } from '../source-item.ts';
import { orNull } from '../values.ts';

/** A value as a row has it: its id, and its name where that is known. */
export type Value =
  | { readonly id?: string | number | null | undefined; readonly name?: string | null | undefined }
  | null
  | undefined;
/** The value with that id. @param parent for lists whose ids count anew within each parent */
export type Listed = (list: string, id: string | number | null | undefined, parent?: string | number) => Value;

/** What is looked for: a value by its name. */
export interface Wanted {
  readonly list: string;
  /** The ticket's field, for the refusal. */
  readonly field: string;
  readonly name: unknown;
  /** Only values of this parent. */
  readonly parent?: string;
}

/**
 * Reads the lists when they are first needed, and once more when they lack something: it may be new. Once and no more, however much is
 * unknown, since a connection lives as long as a run and some vendors need several requests for each board.
 */
export class Names {
  readonly #product: string;
  readonly #read: (signal: AbortSignal, again: boolean) => Promise<Lookups>;
  #lists: Promise<Lookups> | null = null;
  #again = false;

  /**
   * @param product as people call the vendor's product: `Halo`
   * @param read `again`: past whatever was kept of the first time
   */
  constructor(product: string, read: (signal: AbortSignal, again: boolean) => Promise<Lookups>) {
    this.#product = product;
    this.#read = read;
  }

  /** As they are known by now. */
  lists(signal: AbortSignal): Promise<Lookups> {
    return this.#lists ?? this.#ask(signal, false);
  }

  /** The items of these rows; null from `map`: a row that is none. What has no name after all is told by `unnamed`. */
  async items<R>(
    rows: readonly R[],
    map: (row: R, listed: Listed) => SourceItem | null,
    signal: AbortSignal,
  ): Promise<SourceItem[]> {
    // A quiet tenant is not asked for lists that nothing needs.
    if (rows.length === 0) return [];
    const mapped = (lists: Lookups): SourceItem[] => {
      const listed = valuesIn(lists);
      return rows.map((row) => map(row, listed)).filter((item) => item !== null);
    };
    return await this.#sufficient(mapped, (items) => !items.some(isUnnamed), signal);
  }

  /**
   * The value of that name, case aside.
   * @throws Rejected with the field, naming what there is
   */
  async value(wanted: Wanted, signal: AbortSignal): Promise<LookupValue> {
    const found = await this.#sufficient(
      (lists) => find(lists, wanted),
      (value) => value !== undefined,
      signal,
    );
    if (found !== undefined) return found;
    const { list, field, name, parent } = wanted;
    const all = ((await this.lists(signal))[list] ?? []).filter((value) => fits(value, parent));
    const known = [...new Set(all.map((value) => value.name))].slice(0, 12).join(', ');
    throw rejected(
      field,
      `${this.#product} has no ${fieldWord(tickets, field)} "${String(name)}".`,
      known === '' ? undefined : known,
    );
  }

  /** What `take` makes of the lists; of newer ones when it is not enough. Lists that are read only now are the newest there are. */
  async #sufficient<T>(take: (lists: Lookups) => T, isEnough: (taken: T) => boolean, signal: AbortSignal): Promise<T> {
    const mayBeOld = this.#lists !== null;
    const lists = await this.lists(signal);
    const taken = take(lists);
    if (!mayBeOld || isEnough(taken)) return taken;
    const newer = await this.#newer(signal);
    return newer === lists ? taken : take(newer);
  }

  #newer(signal: AbortSignal): Promise<Lookups> {
    if (this.#again) return this.lists(signal);
    this.#again = true;
    return this.#ask(signal, true);
  }

  #ask(signal: AbortSignal, again: boolean): Promise<Lookups> {
    const before = this.#lists;
    const asked = this.#read(signal, again);
    this.#lists = asked;
    // What could not be read is asked for by the next who needs it.
    asked.catch(() => {
      if (this.#lists === asked) this.#lists = before;
    });
    return asked;
  }
}

export function valuesIn(lists: Lookups): Listed {
  const names = new Map<string, string>();
  for (const [list, values] of Object.entries(lists)) {
    for (const { id, name, parent } of values) {
      names.set(`${list} ${id}`, name);
      if (parent !== undefined) names.set(`${list} ${parent}/${id}`, name);
    }
  }
  return (list, id, parent) => ({ id, name: names.get(`${list} ${parent === undefined ? '' : `${parent}/`}${id}`) });
}

/**
 * The names for a record, field by field, and what an item says of those that have none. An empty value has neither.
 * @example named({ status: { id: 1, name: 'New' }, priority: { id: 9 } }) // names.status 'New', unnamed { priority: '9' }
 */
export function named<F extends string>(
  values: Readonly<Record<F, Value>>,
): {
  readonly names: Readonly<Record<F, string | null>>;
  readonly unnamed: { readonly unnamed?: Readonly<Record<string, string>> };
} {
  const all = Object.entries<Value>(values);
  const names = Object.fromEntries(all.map(([field, value]) => [field, orNull(value?.name)]));
  const without = all.filter(([field, value]) => value?.id != null && names[field] === null);
  const unnamed = Object.fromEntries(without.map(([field, value]) => [field, String(value?.id)]));
  return { names: names as Record<F, string | null>, unnamed: without.length === 0 ? {} : { unnamed } };
}

function isUnnamed(item: SourceItem): boolean {
  return item.kind === 'record' && item.unnamed !== undefined;
}

function find(lists: Lookups, { list, name, parent }: Wanted): LookupValue | undefined {
  const wanted = String(name).trim().toLowerCase();
  const values = (lists[list] ?? []).filter((value) => fits(value, parent));
  const same = values.filter((value) => value.name.trim().toLowerCase() === wanted);
  return same.find(({ inactive }) => inactive !== true) ?? same[0];
}

const fits = (value: LookupValue, parent: string | undefined) => parent === undefined || value.parent === parent;

/** A refusal of ours, before anything is sent. */
export function rejected(field: string, reason: string, known?: string): Rejected {
  const fix = known === undefined ? 'Change the value and try again.' : `It has: ${known}.`;
  return new Rejected({ [field]: reason }, { reason, fix });
}

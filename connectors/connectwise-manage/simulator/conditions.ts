/** ConnectWise's filter language: `closedFlag=false and (board/id in (1,2) or lastUpdated>[2026-01-31T08:00:00Z])`. */
import { Refusal } from '../../../src/simulator/exchange.ts';
import { enums, type Schema } from './schema.ts';

export type Json = Readonly<Record<string, unknown>>;
export type Test = (row: Json) => boolean;
type Value = string | number | boolean | null | { readonly time: number };

/** How far the server misreads a date literal, by its zone. Literals with an offset are misread on every server. */
export interface DateReading {
  readonly zonedShiftMs: number;
  readonly plainShiftMs: number;
}

export const exactDates: DateReading = { zonedShiftMs: 0, plainShiftMs: 0 };
/** What the server's own zone (Eastern, in winter) is away from UTC. */
export const serverOffsetMs = 5 * 3_600_000;

export interface FilterOptions {
  readonly dates: DateReading;
  /** `conditions` cannot look into child lists; `childConditions` can do nothing else, and has no `in`. */
  readonly children: boolean;
}

/** Every refusal of a name, value or form has this code. */
export function badFilter(message: string): Refusal {
  return new Refusal({ status: 400, body: { code: 'ApiFindCondition', message, errors: null } });
}

/** @throws Refusal 400 */
export function compile(text: string, schema: Schema, options: FilterOptions): Test {
  const parser = new Parser(tokens(text), schema, options);
  return parser.whole();
}

const token =
  /\s*(?:(?<punctuation>[(),])|(?<string>"[^"]*"|'[^']*')|(?<date>\[[^\]]*\])|(?<operator><=|>=|!=|=|<|>)|(?<word>[A-Za-z_][\w/]*)|(?<number>-?\d+(?:\.\d+)?))/y;

interface Token {
  readonly kind: 'punctuation' | 'string' | 'date' | 'operator' | 'word' | 'number';
  readonly text: string;
}

function tokens(text: string): Token[] {
  const found: Token[] = [];
  token.lastIndex = 0;
  while (text.slice(token.lastIndex).trim() !== '') {
    const at = token.lastIndex;
    const groups = token.exec(text)?.groups;
    const entry = Object.entries(groups ?? {}).find(([, value]) => value !== undefined);
    if (entry?.[1] === undefined) throw badFilter(`Unexpected character at position ${at}.`);
    found.push({ kind: entry[0] as Token['kind'], text: entry[1] });
  }
  return found;
}

const compare: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

class Parser {
  readonly #tokens: readonly Token[];
  readonly #schema: Schema;
  readonly #options: FilterOptions;
  #at = 0;

  constructor(list: readonly Token[], schema: Schema, options: FilterOptions) {
    this.#tokens = list;
    this.#schema = schema;
    this.#options = options;
  }

  whole(): Test {
    const test = this.#either();
    if (this.#at < this.#tokens.length) throw badFilter(`Unexpected "${this.#tokens[this.#at]?.text}".`);
    return test;
  }

  #either(): Test {
    const tests = [this.#both()];
    while (this.#takeWord('or')) tests.push(this.#both());
    return (row) => tests.some((test) => test(row));
  }

  #both(): Test {
    const tests = [this.#term()];
    while (this.#takeWord('and')) tests.push(this.#term());
    return (row) => tests.every((test) => test(row));
  }

  #term(): Test {
    if (this.#take('punctuation', '(')) {
      const test = this.#either();
      this.#expect(')');
      return test;
    }
    const path = this.#take('word')?.text;
    if (path === undefined) throw badFilter('A name was expected.');
    const name = this.#known(path);
    const negated = this.#takeWord('not');
    const test = this.#comparison(path, name);
    return negated ? (row) => !test(row) : test;
  }

  #comparison(path: string, name: string): Test {
    // Of a child list each item is tested by itself.
    const get = reader(this.#options.children ? path.replace(/^[^/]*\/?/, '') : path);
    if (this.#takeWord('in')) {
      if (this.#options.children) throw badFilter('"in" is not supported here.');
      this.#expect('(');
      const values = [this.#value(name)];
      while (this.#take('punctuation', ',')) values.push(this.#value(name));
      this.#expect(')');
      return (row) => values.some((value) => order(get(row), value) === 0);
    }
    const word = this.#takeWord('contains') ? 'contains' : this.#takeWord('like') ? 'like' : null;
    if (word !== null) {
      const wanted = String(this.#value(name)).toLowerCase();
      const pattern = word === 'like' ? likePattern(wanted) : null;
      return (row) => {
        const text = String(get(row) ?? '').toLowerCase();
        return pattern === null ? text.includes(wanted) : pattern.test(text);
      };
    }
    const operator = this.#take('operator')?.text ?? '';
    const fits = compare[operator];
    if (fits === undefined) throw badFilter(`An operator was expected after ${path}.`);
    const value = this.#value(name);
    return (row) => {
      const now = get(row);
      if (value === null || now == null) return operator === '=' ? value === now : operator === '!=' && value !== now;
      return fits(order(now, value));
    };
  }

  /** The name whose kind decides what the value may be. */
  #known(path: string): string {
    const [first = '', ...rest] = path.split('/');
    const kind = this.#schema[first];
    if (kind === undefined || first === '_info') throw badFilter(`${path} is not a recognized name.`);
    if ((kind === 'list') !== this.#options.children) throw badFilter(`${path} is not a recognized name.`);
    if (kind === 'reference' && !['id', 'name', 'identifier', 'sort', 'level'].includes(rest[0] ?? 'id')) {
      throw badFilter(`${path} is not a recognized name.`);
    }
    return rest.at(-1) ?? first;
  }

  #value(name: string): Value {
    const next = this.#tokens[this.#at++];
    const kind = this.#schema[name];
    switch (next?.kind) {
      case 'string': {
        // A literal bracket is written [[].
        const text = next.text.slice(1, -1).replaceAll('[[]', '[');
        if (enums[name] !== undefined && !enums[name].some((each) => each.toLowerCase() === text.toLowerCase())) {
          throw badFilter('Enum value supplied was invalid');
        }
        if (kind === 'boolean') throw badFilter('Expected a boolean value, not a string.');
        if (kind === 'date')
          throw badFilter('Expected a datetime value, not a string. Datetimes are in square brackets.');
        return text;
      }
      case 'number':
        if (kind === 'boolean') {
          throw badFilter(
            'Expected a boolean value, not a numeric.\r\nString values must be in quotes, datetimes in brackets, booleans are true or false.',
          );
        }
        return Number(next.text);
      case 'date':
        return { time: this.#time(next.text.slice(1, -1)) };
      case 'word':
        if (/^(true|false)$/i.test(next.text)) return next.text.toLowerCase() === 'true';
        if (/^null$/i.test(next.text)) return null;
    }
    throw badFilter(`A value was expected, not "${next?.text ?? 'the end'}".`);
  }

  #time(text: string): number {
    const zoned = /(z|[+-]\d\d:?\d\d)$/i.test(text);
    const isOffset = zoned && !/z$/i.test(text);
    const time = Date.parse(zoned || !text.includes('T') ? text : `${text}Z`);
    if (Number.isNaN(time)) throw badFilter(`"${text}" is not a valid datetime.`);
    const { zonedShiftMs, plainShiftMs } = this.#options.dates;
    return time + (isOffset ? serverOffsetMs : zoned ? zonedShiftMs : plainShiftMs);
  }

  #take(kind: Token['kind'], text?: string): Token | undefined {
    const next = this.#tokens[this.#at];
    if (next?.kind !== kind || (text !== undefined && next.text !== text)) return undefined;
    this.#at += 1;
    return next;
  }

  #takeWord(word: string): boolean {
    if (this.#tokens[this.#at]?.kind !== 'word' || this.#tokens[this.#at]?.text.toLowerCase() !== word) return false;
    this.#at += 1;
    return true;
  }

  #expect(text: string): void {
    if (!this.#take('punctuation', text)) throw badFilter(`"${text}" was expected.`);
  }
}

/** The value at a path. The two times are under `_info`, a bare reference is its id. */
export function reader(path: string): (row: Json) => unknown {
  const steps = path === 'lastUpdated' || path === 'dateEntered' ? ['_info', path] : path.split('/');
  return (row) => {
    let value: unknown = row;
    for (const step of steps) value = typeof value === 'object' && value !== null ? (value as Json)[step] : undefined;
    return typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
  };
}

function order(left: unknown, right: Value): number {
  if (typeof right === 'object' && right !== null) return Date.parse(String(left)) - right.time;
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  // The database compares text without case.
  const [a, b] = [String(left).toLowerCase(), String(right).toLowerCase()];
  return a < b ? -1 : a > b ? 1 : 0;
}

function likePattern(wanted: string): RegExp {
  const parts = wanted.split(/[*%]/).map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}

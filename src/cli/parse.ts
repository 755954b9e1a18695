/** What was typed, checked against the table of verbs. */
import { consoleOptions, globalOptions, isVerb, type VerbName, verbNames, verbOf } from '../commands/cli.ts';
import type { Verb, VerbOption } from '../commands/verb.ts';
import { nearest } from '../text/nearest.ts';
import { UsageError } from './exit.ts';
import { tokensOf } from './tokens.ts';

export interface Invocation {
  /** Null: no verb, which opens the console. */
  readonly verb: VerbName | null;
  readonly args: readonly string[];
  readonly options: OptionValues;
  readonly json: boolean;
  readonly data: string | undefined;
  readonly har: string | undefined;
  readonly help: boolean;
  readonly version: boolean;
}

/** Option values by their flag, dashes included. */
export class OptionValues {
  readonly #values: ReadonlyMap<string, readonly string[]>;
  constructor(values: ReadonlyMap<string, readonly string[]>) {
    this.#values = values;
  }
  has(flag: string): boolean {
    return this.#values.has(flag);
  }
  text(flag: string): string | undefined {
    return this.#values.get(flag)?.at(-1);
  }
  all(flag: string): readonly string[] {
    return this.#values.get(flag) ?? [];
  }
  /** Throws UsageError unless it is a whole number from `min` to `max`. */
  integer(flag: string, { min = 0, max = Number.MAX_SAFE_INTEGER } = {}): number | undefined {
    const text = this.text(flag);
    if (text === undefined) return undefined;
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= min && number <= max) return number;
    const range = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `${min} to ${max}`;
    throw new UsageError(`${flag} takes a whole number, ${range}; "${text}" is not one.`);
  }
}

/** Throws UsageError for anything the table does not know, naming what was probably meant. */
export function parse(argv: readonly string[]): Invocation {
  const word = firstWord(argv);
  if (word !== undefined && !isVerb(word)) {
    throw new UsageError(
      `There is no command "${word}".${didYouMean(
        word,
        verbNames.filter((name) => !verbOf(name).hidden),
      )} All commands: msportal --help`,
    );
  }
  const verb = word === undefined ? null : verbOf(word);
  const known = [...globalOptions, ...(verb === null ? consoleOptions : verb.options)];
  const valued = new Set(known.filter((option) => option.value).map((option) => option.flag));

  const values = new Map<string, string[]>();
  const words: string[] = [];
  for (const token of tokensOf(argv, (flag) => valued.has(flag))) {
    if (token.kind === 'word') {
      words.push(token.value);
      continue;
    }
    const option = known.find((each) => each.flag === token.flag);
    if (option === undefined) throw unknownOption(token.flag, known, verb);
    values.set(option.flag, [...(values.get(option.flag) ?? []), checkedValue(option, token, values, verb)]);
  }

  const invocation = {
    verb: word === undefined ? null : (word as VerbName),
    args: words.slice(1),
    options: new OptionValues(values),
    json: values.has('--json'),
    data: values.get('--data')?.[0],
    har: values.get('--har')?.[0],
    help: values.has('--help'),
    version: values.has('--version'),
  };
  if (verb && !invocation.help && !invocation.version) checkArguments(verb, invocation.args);
  return invocation;
}

/** The verb: the first word that is not an option, nor the value of a global one. */
function firstWord(argv: readonly string[]): string | undefined {
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index]!;
    if (!word.startsWith('-')) return word;
    if (globalOptions.some((option) => option.value && option.flag === word)) index += 1;
  }
  return undefined;
}

function checkedValue(
  option: VerbOption,
  { value, inline }: { value: string | undefined; inline: boolean },
  seen: ReadonlyMap<string, unknown>,
  verb: Verb | null,
): string {
  if (!option.value) {
    if (value !== undefined) throw new UsageError(`${option.flag} takes no value.`);
    return '';
  }
  if (value === undefined || value === '' || (!inline && value.length > 1 && value.startsWith('-'))) {
    throw new UsageError(`${option.flag} needs a value: ${option.flag} ${option.value}.${see(verb)}`);
  }
  if (seen.has(option.flag) && !option.repeat)
    throw new UsageError(`${option.flag} is given twice; it takes one value.`);
  return value;
}

function unknownOption(name: string, known: readonly VerbOption[], verb: Verb | null): UsageError {
  const of = verb ? `msportal ${verb.verb}` : 'msportal';
  const suggestion = didYouMean(
    name,
    known.map((option) => option.flag),
  );
  return new UsageError(`${of} has no option ${name}.${suggestion}${see(verb)}`);
}

function checkArguments(verb: Verb, args: readonly string[]): void {
  const missing = verb.args.find((arg, index) => arg.required && args[index] === undefined);
  if (missing) throw new UsageError(`msportal ${verb.verb} needs ${missing.name}: ${missing.summary}.${see(verb)}`);
  const surplus = args[verb.args.length];
  if (surplus !== undefined) throw new UsageError(`msportal ${verb.verb} does not take "${surplus}".${see(verb)}`);
}

const see = (verb: Verb | null) => (verb ? ` See: msportal help ${verb.verb}` : ' See: msportal --help');

/** ` Did you mean "x"?`, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const meant = nearest(word, candidates);
  return meant === null ? '' : ` Did you mean "${meant}"?`;
}

/** What can go wrong with each source. The ones without code are looked up where they matter. */
import type { Answer, Route } from '../../../src/simulator/exchange.ts';
import { commonFaults, type Fault, Faults, type Wording } from '../../../src/simulator/faults.ts';
import type { Damage } from './export-files.ts';

export type Mode = 'csv' | 'xapi' | 'scormcloud' | 'api';

const fileFaults: Readonly<Record<Damage, string>> = {
  'changed-headers': 'The exports have other headings than before: Contact for Email, Outcome for Status.',
  'half-written': 'The exports end in the middle of their last row.',
  'windows-1252': 'The exports are saved in Windows-1252, as spreadsheet programs do.',
  'utf-16': 'The exports are saved in UTF-16 with a byte-order mark.',
  semicolons: 'The exports are separated by semicolons.',
  'empty-export': 'The exports have no bytes at all.',
  'headings-only': 'The exports have a row of headings and nothing below it.',
  'missing-file': 'The folders of the exports are not there.',
  'not-csv': 'The exports are spreadsheets under the name of CSV.',
  'stale-export': 'Nobody has exported for 30 days.',
  'bad-rows': 'A quarter of the rows has a date that is none.',
  'day-first': 'Dates are written with the day first.',
  'hostile-text': 'Names and titles carry escape sequences, control characters, line breaks and bidi marks.',
};

/** The common ones that make no sense without tokens or writing. */
const notHere = ['expired-mid-run', 'create-504', 'cut-creates'];

export function biggerBrainsFaults(mode: Mode): Record<string, Fault> {
  const files = Object.fromEntries(Object.entries(fileFaults).map(([name, meaning]) => [name, { meaning }]));
  const common = Object.entries(commonFaults(wording(mode), () => {})).filter(([name]) => !notHere.includes(name));
  return { ...files, ...Object.fromEntries(common), ...serviceFaults(mode) };
}

/** Those that strike this source; the others do nothing to it. */
export function faultsOf(mode: Mode): string[] {
  if (mode === 'csv') return Object.keys(fileFaults);
  const own: Readonly<Record<string, Mode>> = {
    'version-refused': 'xapi',
    'foreign-more': 'xapi',
    'no-courses': 'scormcloud',
  };
  const common = Object.keys(biggerBrainsFaults(mode)).filter(
    (name) => !(name in fileFaults) || name === 'hostile-text',
  );
  return common.filter((name) => (own[name] ?? mode) === mode);
}

function serviceFaults(mode: Mode): Record<string, Fault> {
  const always = (answer: Answer) => (_: unknown, route: Route | null) =>
    route === null || route.kind === 'open' ? undefined : answer;
  return {
    'bad-key': {
      meaning: 'The key is refused: 401.',
      before: always(wording(mode).unauthorised('read')),
    },
    'no-permission': {
      meaning: 'The key may not read: 403.',
      before: always({ status: 403, body: { message: 'The key does not have the permission for this' } }),
    },
    'wrong-path': {
      meaning: 'Nothing is at any address: 404.',
      before: () => ({ status: 404, body: { message: 'Not found' } }),
    },
    'web-page': {
      meaning: 'Every path is answered 200 with a web page.',
      before: () => ({ status: 200, body: '<!DOCTYPE html><html><head><title>Welcome</title></head></html>' }),
    },
    'version-refused': { meaning: 'xAPI: the record store takes version 2.0.0 only; any other is answered 400.' },
    'foreign-more': { meaning: 'xAPI: the next page is said to be on another host.' },
    'no-courses': { meaning: 'SCORM Cloud: the application has no courses.' },
  };
}

/** Each service has its own words; the simulator speaks those of the source it was started for. */
export function wording(mode: Mode): Wording {
  const body = (message: string) => (mode === 'xapi' ? { error: true, message } : { message });
  return {
    throttled: (waitMs) => ({
      status: 429,
      headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) },
      body: body('Too many requests'),
    }),
    serverError: () => ({ status: 500, body: body('Internal error') }),
    unauthorised: () =>
      mode === 'scormcloud'
        ? { status: 401, body: { error: 'Authorization Required.' } }
        : { status: 401, body: body('Unauthorized') },
  };
}

/** Faults of files show when the files are written again. */
export class FileFaults extends Faults {
  readonly #onChange: () => void;

  constructor(table: Readonly<Record<string, Fault>>, onChange: () => void) {
    super(table);
    this.#onChange = onChange;
  }

  override set(name: string | null, count?: number): void {
    super.set(name, count);
    this.#onChange();
  }
}

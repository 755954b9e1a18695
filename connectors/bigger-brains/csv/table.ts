/** The rows of a CSV file (RFC 4180, and what spreadsheet programs make of it), one at a time. */
import { pipeline, Readable } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { Malformed } from '../../../src/connector/errors.ts';
import { encodingOf, textOf } from './encoding.ts';
import { cutOff, empty } from './failures.ts';
import type { ExportFile } from './files.ts';

export interface Row {
  /** Of the file, from 1; the heading row is usually 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Table {
  readonly headings: readonly string[];
  readonly encoding: string;
  readonly delimiter: string;
  /** Below the headings. Can be walked once. */
  readonly rows: AsyncGenerator<Row>;
}

/** No row is that long; a quote that is never closed would swallow the rest of the file. */
const longestRow = 1_000_000;
const delimiters = [',', ';', '\t', '|'];

/** @throws Malformed when there is no heading row. What is wrong further down is thrown while walking. */
export async function openTable(file: ExportFile, chosenEncoding: string | null): Promise<Table> {
  const encoding = chosenEncoding ?? (await encodingOf(file.path, file.name));
  const text = textOf(file.path, file.name, encoding);
  const start = await beginning(text);
  // A spreadsheet program's own first line, which names the delimiter.
  const [separatorLine, named] = /^sep=(.)\r?\n/i.exec(start) ?? ['', undefined];
  const delimiter = named ?? delimiterOf(start);
  const records = parsed(start.slice(separatorLine.length), text, delimiter, file.name);
  const first = await records.next();
  if (first.done === true) throw empty(file.name);
  const headings = first.value.cells;
  return { headings, encoding, delimiter, rows: records };
}

/** At least the first line. */
async function beginning(text: AsyncGenerator<string>): Promise<string> {
  let start = '';
  while (!/[\r\n]/.test(start.trimStart()) && start.length < longestRow) {
    const { value, done } = await text.next();
    if (done === true) break;
    start += value;
  }
  return start;
}

/** What separates the most headings. */
export function delimiterOf(start: string): string {
  const headingRow = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(start.trimStart())?.[0] ?? '';
  const bare = headingRow.replaceAll(/"(?:[^"]|"")*"/g, '');
  const counts = delimiters.map((delimiter) => bare.split(delimiter).length - 1);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}

async function* parsed(
  start: string,
  rest: AsyncGenerator<string>,
  delimiter: string,
  name: string,
): AsyncGenerator<Row> {
  let ending = '';
  const text = async function* () {
    for await (const part of concatenated(start, rest)) {
      ending = part.at(-1) ?? ending;
      yield part;
    }
  };
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: longestRow,
  });
  // The parser is where errors come out; the callback only keeps them from being thrown twice.
  pipeline(Readable.from(text()), parser, () => {});
  let width: number | null = null;
  let last: Row | null = null;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      if (last !== null) yield last;
      width ??= record.length;
      last = { line: info.lines, cells: record };
    }
  } catch (error) {
    throw error instanceof CsvError ? notCsv(error, name) : error;
  }
  if (last === null) return;
  // Some leave out the last cells of a row when they are empty; but they end the line.
  if (last.cells.length < (width ?? 0) && !/[\r\n]/.test(ending)) throw cutOff(name);
  yield last;
}

async function* concatenated(start: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield start;
  yield* rest;
}

function notCsv(error: CsvError, name: string): Malformed {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return cutOff(name);
  return new Malformed({
    reason: `${name} is not CSV from some row on.`,
    fix: 'Look at the row named below, or export it again. What was read before stays as it is.',
    detail: error.message.slice(0, 200),
  });
}

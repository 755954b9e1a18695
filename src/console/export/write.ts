/** Writes a list to a file: CSV, or JSON lines, as its name says. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { csvLine } from '../../text/csv.ts';

export type ExportRow = Readonly<Record<string, unknown>>;

/** A name nothing has yet, in the folder one is in: `tickets-20260301-140500.csv`. */
export function exportName(what: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  return join(process.cwd(), `${what}-${stamp}.csv`);
}

/**
 * Returns how many rows were written, and where. Never writes over a file that is there; the file is for its owner's eyes only.
 * @param fields the columns of a CSV file; JSON lines have all that a row has
 * @throws {ExportFailed} when the file cannot be made
 */
export async function writeExport(
  path: string,
  fields: readonly string[],
  rows: Iterable<ExportRow> | AsyncIterable<ExportRow>,
): Promise<{ readonly rows: number; readonly path: string }> {
  const file = resolve(path.replace(/^~(?=\/)/, homedir()));
  const format = /\.(csv|jsonl|ndjson)$/i.exec(file)?.[1]?.toLowerCase();
  if (format === undefined) {
    throw new ExportFailed('The name of the file has to end in .csv, or in .jsonl for JSON lines.');
  }
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  try {
    await once(out, 'open');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ExportFailed(
      code === 'EEXIST' ? `${file} is there already; give another name.` : `${file} cannot be made: ${message}.`,
    );
  }
  let written = 0;
  if (format === 'csv') out.write(csvLine(fields));
  for await (const row of rows) {
    const line = format === 'csv' ? csvLine(fields.map((name) => row[name])) : `${JSON.stringify(row)}\n`;
    if (!out.write(line)) await once(out, 'drain');
    written += 1;
  }
  out.end();
  await finished(out);
  return { rows: written, path: file };
}

/** Its message says what to do. */
export class ExportFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ExportFailed';
  }
}

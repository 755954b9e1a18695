/** What bytes a file is written in, and its text as a stream. */
import { createReadStream } from 'node:fs';
import { Malformed } from '../../../src/connector/errors.ts';
import { cutOff } from './failures.ts';

/** Enough to tell text from other things. */
const sample = 4096;

/**
 * The encoding's label. A byte-order mark decides; else zero bytes at every other place are UTF-16; else UTF-8 where all of the file is,
 * and Windows-1252, in which spreadsheet programs save, where it is not.
 * @throws Malformed for what is no text, and for UTF-8 that ends within a character
 */
export async function encodingOf(path: string, name: string): Promise<string> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let first = true;
  try {
    for await (const chunk of bytes(path)) {
      if (first) {
        const told = byFirstBytes(chunk.subarray(0, sample), name);
        if (told !== null) return told;
      }
      first = false;
      utf8.decode(chunk, { stream: true });
    }
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252';
    throw error;
  }
  try {
    utf8.decode();
    return 'utf-8';
  } catch {
    throw cutOff(name);
  }
}

/** The text of the file, without its byte-order mark. @throws Malformed when the bytes are not in this encoding */
export async function* textOf(path: string, name: string, encoding: string): AsyncGenerator<string> {
  // Windows-1252 has a character for every byte; all others can be wrong, and a replacement character is not a name.
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of bytes(path)) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Malformed({
      reason: `${name} is not written in ${encoding}, or it is cut off.`,
      fix: 'Export it again, or choose another one in the option "CSV encoding".',
    });
  }
}

function byFirstBytes(head: Buffer, name: string): string | null {
  const hex = head.subarray(0, 4).toString('hex');
  if (hex.startsWith('efbbbf')) return 'utf-8';
  if (hex.startsWith('fffe')) return 'utf-16le';
  if (hex.startsWith('feff')) return 'utf-16be';
  if (hex === '504b0304' || hex === 'd0cf11e0') {
    throw new Malformed({
      reason: `${name} is a spreadsheet or an archive, not a CSV file.`,
      fix: 'Save it as CSV (UTF-8), or export it as CSV.',
    });
  }
  const zeros = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2]! += 1;
  const [even, odd] = zeros as [number, number];
  if (even === 0 && odd === 0) return null;
  if (odd > 4 * even) return 'utf-16le';
  if (even > 4 * odd) return 'utf-16be';
  throw new Malformed({
    reason: `${name} is not a text file, or in an encoding that cannot be told.`,
    fix: 'Export it as CSV, or choose its encoding in the option "CSV encoding".',
  });
}

function bytes(path: string): AsyncIterable<Buffer> {
  return createReadStream(path);
}

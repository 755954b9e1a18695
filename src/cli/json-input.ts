/** JSON objects from files and standard input: credentials and options. Messages never quote what was read. */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Credentials, Options } from '../connector/manifest.ts';
import { UsageError } from './exit.ts';
import { note } from './output.ts';
import type { OptionValues } from './parse.ts';

export interface ConnectorInput {
  readonly credentials?: Credentials;
  readonly options?: Options;
}

/** What `--credentials` and `--options` name; absent where the option is. Throws UsageError. */
export async function readConnectorInput(values: OptionValues, signal: AbortSignal): Promise<ConnectorInput> {
  const credentials = values.text('--credentials');
  const options = values.text('--options');
  if (credentials === '-' && options === '-') {
    throw new UsageError('Standard input can hold the credentials or the options, not both.');
  }
  return {
    ...(credentials === undefined ? {} : { credentials: await readCredentials(credentials, signal) }),
    ...(options === undefined ? {} : { options: await readObject('--options', options, signal) }),
  };
}

async function readCredentials(source: string, signal: AbortSignal): Promise<Credentials> {
  const object = await readObject('--credentials', source, signal);
  const wrong = Object.entries(object).find(([, value]) => typeof value !== 'string');
  if (wrong) throw new UsageError(`In the credentials, "${wrong[0]}" must be text, in quotes.`);
  return object as Credentials;
}

async function readObject(flag: string, source: string, signal: AbortSignal): Promise<Record<string, unknown>> {
  const where = source === '-' ? 'standard input' : source;
  const content = source === '-' ? await readStandardInput(flag, signal) : await readFrom(flag, source);
  let value: unknown;
  try {
    value = JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch {
    // The parser's own message would quote the text around the mistake, which may be a secret.
    throw new UsageError(`${flag}: ${where} is not valid JSON. One object is expected: {"key": "value", ...}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(`${flag}: ${where} must hold one JSON object: {"key": "value", ...}`);
  }
  return value as Record<string, unknown>;
}

async function readStandardInput(flag: string, signal: AbortSignal): Promise<string> {
  if (process.stdin.isTTY) note(`Type or paste the JSON object for ${flag}, then press Ctrl-D:`);
  const stop = () => process.stdin.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await text(process.stdin);
  } catch (error) {
    if (signal.aborted) throw new Error('Stopped; nothing was saved.');
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function readFrom(flag: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason =
      { ENOENT: 'there is no such file', EACCES: 'it may not be read', EISDIR: 'it is a folder' }[code ?? ''] ?? code;
    throw new UsageError(`${flag}: ${path} cannot be read: ${reason}.`);
  }
}

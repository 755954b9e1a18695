/**
 * Where the owner of a data folder listens. The socket is in the data folder when its path is short enough for the system,
 * else in the runtime folder; a file in the data folder says where, and holds a key. Only the owner's user can read it, so
 * whoever shows the key is that user: Node cannot ask the system who is at the other end.
 */
import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Endpoint {
  readonly pid: number;
  readonly socket: string;
  readonly key: string;
}

/** Bytes of a socket's path, its final zero not counted: 107 on Linux, 103 on macOS and the BSDs. */
const longest = 103;

/**
 * A path for the socket, with a folder for its user only where one had to be made.
 * @throws Error when another user has taken that folder's name
 */
export function socketPath(file: string, env: Readonly<Record<string, string | undefined>>): string {
  const near = join(dirname(file), 'engine.sock');
  if (Buffer.byteLength(near) <= longest) return near;
  const uid = process.getuid?.() ?? 0;
  const runtime = env.XDG_RUNTIME_DIR || tmpdir();
  const folder = join(runtime, `msportal-${uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0) {
    throw new Error(`${folder} is not a folder of this user alone.`);
  }
  return join(folder, `${createHash('sha256').update(near).digest('hex').slice(0, 16)}.sock`);
}

export const newKey = (): string => randomBytes(24).toString('base64url');

/** In one step, so that a reader finds all of it or nothing. */
export function writeEndpoint(file: string, endpoint: Endpoint): void {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify(endpoint), { mode: 0o600 });
  renameSync(temporary, file);
}

/** Null: nobody says to be listening. What it names may be gone, after a crash. */
export function readEndpoint(file: string): Endpoint | null {
  try {
    const { pid, socket, key } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Endpoint>;
    if (typeof pid === 'number' && typeof socket === 'string' && typeof key === 'string') return { pid, socket, key };
  } catch {
    // Not there, or not ours to read.
  }
  return null;
}

export function removeEndpoint(file: string): void {
  rmSync(file, { force: true });
}

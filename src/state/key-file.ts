/** The 32-byte key that seals secrets: where it comes from, and how it is made on the first start. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { link, open, readFile, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from './durable.ts';
import { StateError } from './state-error.ts';

export interface Key {
  readonly bytes: Buffer;
  /** Tells keys apart without telling anything about them. */
  readonly id: string;
}

export interface KeySource {
  readonly kind: 'environment' | 'systemd' | 'file';
  readonly path: string;
}

/** `MSPORTAL_KEY_FILE`, then systemd's credential, then our own file. One that is named is used or refused, never passed over. */
export async function findKeySource(
  env: Readonly<Record<string, string | undefined>>,
  keyFile: string,
): Promise<KeySource> {
  if (env.MSPORTAL_KEY_FILE) return { kind: 'environment', path: env.MSPORTAL_KEY_FILE };
  if (env.CREDENTIALS_DIRECTORY) {
    // The folder is set as soon as the unit has any credential; ours need not be among them.
    const path = join(env.CREDENTIALS_DIRECTORY, 'msportal-key');
    if (await exists(path)) return { kind: 'systemd', path };
  }
  return { kind: 'file', path: keyFile };
}

/** Null when there is no such file. @throws StateError `key-exposed`, `key-malformed` */
export async function readKey({ kind, path }: KeySource): Promise<Key | null> {
  let text: string;
  try {
    const { mode } = await stat(path);
    // systemd's folder is closed to others, and its files may show the mask of an access list as group bits.
    if (kind !== 'systemd' && (mode & 0o077) !== 0) {
      const shown = (mode & 0o777).toString(8).padStart(4, '0');
      throw new StateError(
        'key-exposed',
        `The key file ${path} may be read by other users (mode ${shown}), so it is not used.`,
        `Run: chmod 600 ${path}. If others had access to this machine, change the credentials at the vendors too.`,
      );
    }
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  if (!/^[\w+/-]{43}=?$/.test(text.trim())) {
    throw new StateError(
      'key-malformed',
      `The key file ${path} does not hold a key: it must be 32 random bytes in base64.`,
      'Put back the right file from a backup; a new key (openssl rand -base64 32) cannot open what the old one sealed.',
    );
  }
  return toKey(Buffer.from(text.trim(), 'base64'));
}

/** Makes the key file unless another process was quicker; gives the key that is in it, and whether it is ours. */
export async function makeKey(path: string): Promise<{ key: Key; made: boolean }> {
  const temporary = `${path}.${randomUUID()}`;
  const bytes = randomBytes(32);
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(`${bytes.toString('base64')}\n`);
    await file.sync();
    // A link fails when the name is taken and shows the whole content at once: no process ever reads half a key.
    await link(temporary, path);
    await syncFolder(dirname(path));
    return { key: toKey(bytes), made: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const key = await readKey({ kind: 'file', path });
    if (key === null) throw error;
    return { key, made: false };
  } finally {
    await file.close();
    await unlink(temporary).catch(() => {});
  }
}

function toKey(bytes: Buffer): Key {
  return { bytes, id: createHash('sha256').update('msportal key id').update(bytes).digest('hex').slice(0, 8) };
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

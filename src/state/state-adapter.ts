/** Where lowdb reads and writes state.json: durably, with a good copy kept, and never over a file that it could not read. */
import { link, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Adapter } from 'lowdb';
import { writeDurably } from './durable.ts';
import { migrate } from './migrations.ts';
import { State } from './schema.ts';
import { StateError } from './state-error.ts';

export interface Notice {
  readonly id: string;
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
}

const HOUR = 3_600_000;

export class StateAdapter implements Adapter<State> {
  readonly notices: Notice[] = [];
  readonly #path: string;
  readonly #copy: string;
  readonly #now: () => number;
  /** What is in the file, as far as we know; null when there is none, or none that is good. */
  #text: string | null = null;
  #fingerprint: string | null = null;

  constructor(path: string, now: () => number) {
    this.#path = path;
    this.#copy = `${path}.bak`;
    this.#now = now;
  }

  /** Null when there is no state yet. @throws StateError `state-newer` */
  async read(): Promise<State | null> {
    this.#fingerprint = await this.#fingerprintNow();
    this.#text = null;
    const file = await readState(this.#path);
    if (file.kind === 'good') {
      this.#text = file.text;
      return file.state;
    }
    const copy = await readState(this.#copy);
    if (file.kind === 'absent' && copy.kind === 'absent') return null;

    const what =
      file.kind === 'absent'
        ? `${this.#path} is missing`
        : `${this.#path} was not readable (${file.why}) and is now ${await this.#setAside(this.#path)}`;
    if (copy.kind === 'good') {
      const text = `${what}. The copy from before its last change is in use; check the last thing you changed.`;
      this.notices.push({ id: 'state-restored', level: 'warning', text });
      // The copy stays where it is until the restored state has been written as the file.
      await this.#put(copy.text);
      return copy.state;
    }
    const rest =
      copy.kind === 'absent'
        ? 'There is no copy of it'
        : `Its copy is not readable either: ${await this.#setAside(this.#copy)}`;
    const text = `${what}. ${rest}, so all integrations must be connected again. Their records are still there.`;
    this.notices.push({ id: 'state-lost', level: 'error', text });
    this.#fingerprint = null;
    return null;
  }

  async write(state: State): Promise<void> {
    const text = `${JSON.stringify(state, null, 2)}\n`;
    if (text === this.#text) return;
    if (this.#text !== null) await writeDurably(this.#copy, this.#text);
    await this.#put(text);
  }

  /** Whether another process has written the file since we last read or wrote it. */
  async changedElsewhere(): Promise<boolean> {
    const found = await this.#fingerprintNow();
    // Removed under our feet: what we have in memory is newer than any copy, so it is simply written again.
    if (found === null) this.#text = null;
    return found !== null && found !== this.#fingerprint;
  }

  /** Removes what a process killed in mid-write left behind. Young files may belong to one that is writing now. */
  async sweep(): Promise<void> {
    const folder = dirname(this.#path);
    const own = basename(this.#path);
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name);
      if (!name.startsWith(own) || !/^(\.bak)?\.\d+$/.test(name.slice(own.length))) continue;
      const { mtimeMs } = await stat(path);
      if (this.#now() - mtimeMs > HOUR) await unlink(path).catch(() => {});
    }
  }

  async #put(text: string): Promise<void> {
    await writeDurably(this.#path, text);
    this.#text = text;
    this.#fingerprint = await this.#fingerprintNow();
  }

  /** Every write makes a new file, so the inode tells even writes within the clock's resolution apart. */
  async #fingerprintNow(): Promise<string | null> {
    const found = await stat(this.#path, { bigint: true }).catch(() => null);
    return found && `${found.ino}:${found.mtimeNs}:${found.size}`;
  }

  /** Moves a broken file out of the way under a free name; gives that name. */
  async #setAside(path: string): Promise<string> {
    const stamp = new Date(this.#now()).toISOString().replace(/[:.]/g, '-');
    for (let n = 1; ; n++) {
      const aside = `${path}.broken-${stamp}${n === 1 ? '' : `-${n}`}`;
      try {
        // A rename would silently replace an earlier broken file of the same name; a link does not.
        await link(path, aside);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
        await rename(path, aside);
        return basename(aside);
      }
      await unlink(path);
      return basename(aside);
    }
  }
}

type Found =
  | { readonly kind: 'absent' }
  | { readonly kind: 'good'; readonly text: string; readonly state: State }
  | { readonly kind: 'broken'; readonly why: string };

async function readState(path: string): Promise<Found> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    // Anything but absence (no permission, a bad disk) says nothing about the content: stop, and leave it alone.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'absent' };
    throw error;
  }
  try {
    return { kind: 'good', text, state: State.parse(migrate(JSON.parse(text))) };
  } catch (error) {
    if (error instanceof StateError) throw error;
    return { kind: 'broken', why: whyBroken(text, error) };
  }
}

/** Without quoting the content: it holds the operator's settings, and a notice may end in a log. */
function whyBroken(text: string, error: unknown): string {
  if (text.trim() === '') return 'it is empty';
  if (error instanceof SyntaxError) return 'it is not whole JSON';
  if (error instanceof TypeError) return error.message;
  const place = (error as { issues?: { path: PropertyKey[] }[] }).issues?.[0]?.path.map(String).join('.');
  return `unexpected content at ${place || 'its top'}`;
}

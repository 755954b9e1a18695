/** The copy of the portal that a preview writes into: beside the original, under the same protection, and gone afterwards. */
import { readdirSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Portal } from '../portal/portal.ts';
import { openPortal } from '../portal/store/open.ts';

const prefix = 'preview-';

export interface CopyParts {
  /** The portal's file. */
  readonly database: string;
  readonly now: () => number;
  readonly newId: () => string;
}

export async function withCopy<T>(
  portal: Portal,
  { database, now, newId }: CopyParts,
  work: (copy: Portal) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(dirname(database), prefix));
  try {
    const file = join(folder, 'portal.db');
    await portal.copyTo(file);
    const copy = openPortal({ file, now, newId, owner: 'preview' });
    try {
      return await work(copy);
    } finally {
      copy.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes what a preview left when its process was killed. For the owner of the data folder only: nobody else's is under way then. */
export function removeCopies(database: string): void {
  const folder = dirname(database);
  for (const name of readdirSync(folder)) {
    if (name.startsWith(prefix)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

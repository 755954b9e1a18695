/** The portal store: can it be opened, is it whole. */
import { stat } from 'node:fs/promises';
import { type PortalReader, StoreNotUsable } from '../../portal/portal.ts';
import { openPortalReader } from '../../portal/store/reader.ts';
import { bytes } from '../../text/format.ts';
import { type Finding, findings, type House, type Look } from './finding.ts';

const { ok, failed, untested } = findings('store');
/** A check reads the whole file while nothing else runs: beside a screen only up to this size, bytes. */
const quick = 100_000_000;

export const lookAtStore: Look = async (house) => {
  const { database } = house.paths;
  const found = await stat(database).catch(() => null);
  if (found === null) return [ok('store', 'Portal store', 'none yet: the first sync makes it')];
  if (!house.thorough && found.size > quick) {
    return [
      untested('store', 'Portal store', {
        detail: bytes(found.size),
        cause: 'Reading all of it takes a while, so it is not done beside the screen.',
        fix: 'Run the doctor from the command line.',
        command: 'msportal doctor',
      }),
    ];
  }
  return [withReader(house, (reader) => verified(reader, database, found.size))];
};

function verified(reader: PortalReader, file: string, size: number): Finding {
  const problems = reader.verify();
  if (problems.length === 0) return ok('store', 'Portal store', `whole, ${bytes(size)}`);
  return broken(file, problems.slice(0, 3).join(' '));
}

/** Opens the store to look only, and closes it. What is wrong with the file becomes the finding. */
function withReader(house: House, look: (reader: PortalReader) => Finding): Finding {
  const { database } = house.paths;
  let reader: PortalReader | null = null;
  try {
    reader = openPortalReader({ file: database });
    return look(reader);
  } catch (error) {
    if (error instanceof StoreNotUsable && !/damaged/.test(error.message)) {
      return failed('store', 'Portal store', {
        cause: error.message,
        fix: 'Open it once with this version.',
        command: 'msportal',
      });
    }
    return broken(database, error instanceof Error ? error.message : String(error));
  } finally {
    reader?.close();
  }
}

function broken(file: string, what: string): Finding {
  return failed('store', 'Portal store', {
    cause: `${file} is damaged or half-written: ${what}`,
    fix: 'Stop msportal, move it aside and restore a copy; without one, the next sync reads everything from the vendors again. Edits that were not sent yet are lost with it.',
    command: `mv ${file} ${file}.broken`,
  });
}

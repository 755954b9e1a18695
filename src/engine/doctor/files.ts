/** Room on the disk, folders that can be written, files that only their owner can read. */
import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { bytes } from '../../text/format.ts';
import { type Finding, findings, type House, type Look, type Room } from './finding.ts';

const { ok, warning, failed } = findings('files');

/** Below `low` it is told; below `out` a sync may fail at any page. Bytes. */
const room = { low: 500_000_000, out: 50_000_000 };

export const lookAtFiles: Look = async (house) => {
  const { paths } = house;
  const folders = [...new Set([dirname(paths.config), paths.data, paths.logs])];
  const files = [paths.state, `${paths.state}.bak`, paths.database, paths.keyFile, paths.log];
  return [await lookAtRoom(house), ...(await Promise.all(folders.map(lookAtFolder))), ...(await lookAtModes(files))];
};

async function lookAtRoom({ paths, room: measure = measured }: House): Promise<Finding> {
  const folder = await existing(paths.data);
  const free = await measure(folder);
  const what = { cause: `Only ${bytes(free.bytes)} are free on the disk of ${folder}.`, command: `df -h ${folder}` };
  if (free.files === 0) {
    return failed('disk', 'Disk room', {
      cause: `The file system of ${folder} has no free inodes: no new file can be made.`,
      fix: 'Remove files that are not needed there.',
      command: `df -i ${folder}`,
    });
  }
  if (free.bytes < room.out) {
    const fix =
      'Make room now: syncs and changes of the settings fail when it is full. Nothing that is stored is lost.';
    return failed('disk', 'Disk room', { ...what, fix });
  }
  if (free.bytes < room.low) return warning('disk', 'Disk room', { ...what, fix: 'Make room before it is full.' });
  return ok('disk', 'Disk room', `${bytes(free.bytes)} free`);
}

async function measured(folder: string): Promise<Room> {
  const { bavail, bsize, files, ffree } = await statfs(folder);
  return { bytes: bavail * bsize, files: files === 0 ? null : ffree };
}

async function lookAtFolder(folder: string): Promise<Finding> {
  const id = `folder:${folder}`;
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) {
    if (found.code === 'ENOENT') return ok(id, 'Folder', `${folder}: not there yet`);
    throw found;
  }
  if (process.getuid !== undefined && found.uid !== process.getuid()) {
    return failed(id, 'Folder', {
      cause: `${folder} belongs to another user (${found.uid}).`,
      fix: 'Run msportal as that user, or hand the folder over (as root).',
      command: `chown -R ${process.getuid()} ${folder}`,
    });
  }
  const refused = await access(folder, constants.W_OK | constants.X_OK).catch((error: NodeJS.ErrnoException) => error);
  // Root may write anywhere, but the mode says that somebody did not want it.
  if (refused !== undefined || (found.mode & 0o300) !== 0o300) {
    const readOnly = refused instanceof Error && refused.code === 'EROFS';
    return failed(id, 'Folder', {
      cause: readOnly
        ? `${folder} is on a file system that is mounted read-only.`
        : `${folder} cannot be written (mode ${octal(found.mode)}): nothing can be saved or synced.`,
      fix: readOnly
        ? 'Look why (dmesg tells of disk errors) and mount it for writing.'
        : 'Give its owner the right to write.',
      command: readOnly ? `findmnt -T ${folder}` : `chmod 700 ${folder}`,
    });
  }
  if ((found.mode & 0o022) !== 0) {
    return warning(id, 'Folder', {
      cause: `Other users may write to ${folder} (mode ${octal(found.mode)}) and put other files in place of ours.`,
      fix: 'Close it to others.',
      command: `chmod 700 ${folder}`,
    });
  }
  return ok(id, 'Folder', folder);
}

async function lookAtModes(files: readonly string[]): Promise<readonly Finding[]> {
  const open: Finding[] = [];
  for (const file of files) {
    const found = await stat(file).catch(() => null);
    if (found === null || (found.mode & 0o077) === 0) continue;
    open.push(
      warning(`mode:${file}`, 'File mode', {
        cause: `Other users of this machine may open ${file} (mode ${octal(found.mode)}).`,
        fix: 'Close it to others.',
        command: `chmod 600 ${file}`,
      }),
    );
  }
  return open.length > 0 ? open : [ok('modes', 'File modes', 'for their owner only')];
}

/** The folder, or the nearest one above that is there. */
async function existing(folder: string): Promise<string> {
  const there = await stat(folder).then(
    () => true,
    () => false,
  );
  return there || dirname(folder) === folder ? folder : existing(dirname(folder));
}

const octal = (mode: number) => (mode & 0o777).toString(8).padStart(4, '0');

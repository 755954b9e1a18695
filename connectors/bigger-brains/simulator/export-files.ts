/** CSV exports of the training in a folder of their own: one file per team, as a person exports them. */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostileText } from '../../../src/simulator/hostile.ts';
import type { Enrollment, Learner, Training } from './training.ts';

/** What a fault does to the files. */
export type Damage =
  | 'changed-headers'
  | 'half-written'
  | 'windows-1252'
  | 'utf-16'
  | 'semicolons'
  | 'empty-export'
  | 'headings-only'
  | 'missing-file'
  | 'not-csv'
  | 'stale-export'
  | 'bad-rows'
  | 'day-first'
  | 'hostile-text';

const day = 86_400_000;
/** Exports are some time old when they are found; one that has just been written is waited for. */
const age = 10_000;

export class ExportFiles {
  readonly folder = mkdtempSync(join(tmpdir(), 'msportal-bigger-brains-'));
  readonly #training: Training;
  readonly #damage: () => string | null;

  constructor(training: Training, damage: () => string | null) {
    this.#training = training;
    this.#damage = damage;
  }

  get credentials() {
    return {
      membersPath: join(this.folder, 'members'),
      completionsPath: join(this.folder, 'progress'),
      coursesPath: join(this.folder, 'courses.csv'),
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** All of them, as the training and the fault of the moment have it. */
  write(): void {
    const { membersPath, completionsPath, coursesPath } = this.credentials;
    const { learners, enrollments, courses } = this.#training;
    const dates = new Dates(this.#damage() === 'day-first');
    const teams = Map.groupBy(learners.values(), ({ team }) => team);
    const progress = Map.groupBy(enrollments.values(), ({ learner }) => learner.team);
    if (this.#damage() === 'missing-file') {
      for (const path of [membersPath, completionsPath]) rmSync(path, { recursive: true, force: true });
      return;
    }
    for (const path of [membersPath, completionsPath]) mkdirSync(path, { recursive: true });
    // A team whose last member was deleted has no export any more.
    const files = new Set([...teams.keys()].flatMap((team) => [membersFile(team), progressFile(team)]));
    for (const path of [membersPath, completionsPath]) {
      for (const name of readdirSync(path)) if (!files.has(name)) rmSync(join(path, name));
    }
    for (const [team, members] of teams) {
      this.#save(join(membersPath, membersFile(team)), this.#members(members, dates), { mark: true });
      const rows = this.#progress(progress.get(team) ?? [], dates);
      this.#save(join(completionsPath, progressFile(team)), rows, { mark: false });
    }
    const list = [...courses.values()].map((course, index) => [
      course.code,
      this.#shown(course.title, index),
      course.category,
      String(course.minutes),
    ]);
    this.#save(coursesPath, [['Code', 'Title', 'Category', 'Minutes'], ...list], { mark: false });
  }

  #members(members: readonly Learner[], dates: Dates): string[][] {
    const changed = this.#damage() === 'changed-headers';
    const headings = ['First Name', 'Last Name', changed ? 'Contact' : 'Email', 'Username', 'Team', 'Role'];
    const rows = members.map((learner, index) => [
      this.#shown(learner.firstName, learner.number),
      learner.lastName,
      learner.email ?? '',
      learner.username,
      learner.team,
      learner.role,
      this.#spoilt(index) ?? dates.write(learner.expires),
    ]);
    return [[...headings, 'Login Expiry'], ...rows];
  }

  #progress(enrollments: readonly Enrollment[], dates: Dates): string[][] {
    const changed = this.#damage() === 'changed-headers';
    const headings = ['Email', 'Username', 'Team', 'Course Code', 'Course', changed ? 'Outcome' : 'Status'];
    const rows = enrollments.map(({ learner, course, progress, assigned, started, completed, seconds }, index) => [
      learner.email ?? '',
      learner.username,
      learner.team,
      course.code,
      this.#shown(course.title, index),
      completed !== null ? 'Completed' : started !== null ? 'In Progress' : 'Not Started',
      `${progress}%`,
      // The vendor's score follows the progress; it is no mark.
      started === null ? '' : String(progress),
      dates.write(assigned),
      this.#spoilt(index) ?? dates.write(started),
      dates.write(completed),
      started === null ? '' : String(Math.round(seconds / 60)),
    ]);
    return [[...headings, '% Complete', 'Score', 'Assigned', 'Start Date', 'Completed', 'Minutes'], ...rows];
  }

  #shown(text: string, number: number): string {
    return this.#damage() === 'hostile-text' ? hostileText(text, number) : text;
  }

  #spoilt(index: number): string | null {
    return this.#damage() === 'bad-rows' && index % 4 === 0 ? 'see below' : null;
  }

  /** Whole or not at all, as somebody may be reading; except where half a file is the point. */
  #save(path: string, rows: readonly (readonly string[])[], { mark }: { mark: boolean }): void {
    const damage = this.#damage();
    const delimiter = damage === 'semicolons' ? ';' : ',';
    const kept = damage === 'headings-only' ? rows.slice(0, 1) : rows;
    const text = kept.map((row) => `${row.map((cell) => quoted(cell, delimiter)).join(delimiter)}\r\n`).join('');
    let bytes: Buffer = mark ? Buffer.from(`\ufeff${text}`) : Buffer.from(text);
    if (damage === 'windows-1252') bytes = inWindows1252(text);
    if (damage === 'utf-16') bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
    if (damage === 'empty-export') bytes = Buffer.alloc(0);
    if (damage === 'not-csv') bytes = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(64, 7)]);
    if (damage === 'half-written' && rows.length > 1) bytes = cutInLastRow(bytes);
    const temporary = `${path}.tmp`;
    writeFileSync(temporary, bytes, { mode: 0o600 });
    const now = this.#training.clock.now() - (damage === 'stale-export' ? 30 * day : age);
    utimesSync(temporary, now / 1000, now / 1000);
    renameSync(temporary, path);
  }
}

class Dates {
  readonly #dayFirst: boolean;
  constructor(dayFirst: boolean) {
    this.#dayFirst = dayFirst;
  }

  write(at: number | null): string {
    if (at === null) return '';
    const [, year, month, day] = /^(\d+)-(\d+)-(\d+)/.exec(new Date(at).toISOString()) ?? [];
    return this.#dayFirst ? `${day}/${month}/${year}` : `${month}/${day}/${year}`;
  }
}

function quoted(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** As a spreadsheet program of Western Europe saves it: what it has no sign for becomes a question mark. */
function inWindows1252(text: string): Buffer {
  return Buffer.from(
    [...text].map((sign) => (sign.charCodeAt(0) < 256 && sign.length === 1 ? sign : '?')).join(''),
    'latin1',
  );
}

/** Ends after the second cell of the last row. */
function cutInLastRow(bytes: Buffer): Buffer {
  const text = bytes.toString('utf8');
  const lastRow = text.trimEnd().lastIndexOf('\n') + 1;
  return Buffer.from(text.slice(0, text.indexOf(',', lastRow) + 3));
}

const membersFile = (team: string): string => `${fileName(team)}.csv`;
const progressFile = (team: string): string => `${fileName(team)} progress.csv`;

function fileName(team: string): string {
  return team.replaceAll(/[\\/:*?"<>|]/g, '_');
}

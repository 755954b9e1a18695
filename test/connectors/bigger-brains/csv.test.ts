/** Exports as spreadsheet programs and people make them, from real files. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Cells, mapColumns, parseColumnChoices } from '../../../connectors/bigger-brains/csv/columns.ts';
import { readDate, readDuration } from '../../../connectors/bigger-brains/csv/dates.ts';
import { type Exports, rowsOf } from '../../../connectors/bigger-brains/csv/exports.ts';
import { exportFiles, teamOf } from '../../../connectors/bigger-brains/csv/files.ts';
import { readMember, readProgress } from '../../../connectors/bigger-brains/csv/rows.ts';
import { openTable } from '../../../connectors/bigger-brains/csv/table.ts';
import { settingsOf } from '../../../connectors/bigger-brains/settings.ts';
import { ConnectorError } from '../../../src/connector/errors.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'msportal-test-'));
  return () => rmSync(folder, { recursive: true });
});
const { signal } = new AbortController();
const longAgo = Date.parse('2026-07-01T00:00:00Z');

function file(name: string, content: string | Buffer, at = longAgo): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  utimesSync(path, at / 1000, at / 1000);
  return path;
}

/** The code of the ConnectorError that is thrown, and its words. */
async function failure(work: Promise<unknown>): Promise<{ code: string; reason: string; fix: string }> {
  const error = await work.then(
    () => new Error('It did not fail.'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConnectorError)) throw error;
  return { code: error.code, reason: error.reason, fix: error.fix };
}

async function table(content: string | Buffer, encoding: string | null = null) {
  const [only] = await exportFiles(file('export.csv', content), signal);
  const opened = await openTable(only!, encoding);
  const rows: (readonly string[])[] = [];
  for await (const { cells } of opened.rows) rows.push(cells);
  return { encoding: opened.encoding, delimiter: opened.delimiter, rows: [opened.headings, ...rows] };
}

describe('the table', () => {
  const text = 'Name,Course\r\n"Example, Jr.","A ""good"" one\r\nin two lines"\r\nZoë,00123\r\n';
  const rows = [
    ['Name', 'Course'],
    ['Example, Jr.', 'A "good" one\r\nin two lines'],
    ['Zoë', '00123'],
  ];
  const swapped = Buffer.from(text, 'utf16le').swap16();
  test.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le'), 'utf-16le'],
    ['UTF-16, big end first', Buffer.concat([Buffer.from('feff', 'hex'), swapped]), 'utf-16be'],
    ['UTF-16, big end first, without a mark', swapped, 'utf-16be'],
    ['Windows-1252', Buffer.from(text, 'latin1'), 'windows-1252'],
  ])('is the same in %s', async (_, content, encoding) => {
    expect(await table(content)).toEqual({ encoding, delimiter: ',', rows });
  });

  test.each([
    ['semicolons, LF', 'Name;"Course; or title"\nZoë;X\n', ';'],
    ['tabs', 'Name\t"Course; or title"\nZoë\tX\n', '\t'],
    ["a spreadsheet program's own first line", 'sep=;\r\nName;"Course; or title"\r\nZoë;X', ';'],
  ])('knows its delimiter: %s', async (_, content, delimiter) => {
    const told = await table(content);
    expect(told.delimiter).toBe(delimiter);
    expect(told.rows).toEqual([
      ['Name', 'Course; or title'],
      ['Zoë', 'X'],
    ]);
  });

  test('can be read in an encoding that was chosen, and says when it is not in it', async () => {
    const cyrillic = Buffer.concat([
      Buffer.from('Name\r\n'),
      Buffer.from([0xc8, 0xe2, 0xe0, 0xed]),
      Buffer.from('\r\n'),
    ]);
    expect((await table(cyrillic, 'windows-1251')).rows[1]).toEqual(['Иван']);
    expect(await failure(table(cyrillic, 'utf-8'))).toMatchObject({
      reason: expect.stringContaining('not written in utf-8'),
    });
  });

  test.each([
    ['in the middle of a row', 'A,B,C\r\n1,2,3\r\n4,5', /middle of a row/],
    ['within quotes', 'A,B\r\n1,"two\r\nand 3,4\r\n', /middle of a row/],
    ['within a character', Buffer.from('A,B\r\n1,é').subarray(0, -1), /middle of a row/],
    ['before anything', '', /is empty/],
    ['in blank lines', '\r\n\r\n', /is empty/],
    ['as a spreadsheet', Buffer.from('PK\u0003\u0004 and so on'), /spreadsheet/],
    ['as something else', Buffer.from([1, 0, 0, 7, 0, 9, 0, 0]), /not a text file/],
  ])('that ends %s is refused whole', async (_, content, reason) => {
    expect(await failure(table(content))).toMatchObject({ code: 'malformed', reason: expect.stringMatching(reason) });
  });

  test('whose last empty cells are left out is whole', async () => {
    expect((await table('A,B,C\r\n1,2\r\n3\r\n')).rows).toEqual([['A', 'B', 'C'], ['1', '2'], ['3']]);
  });
});

describe('the files', () => {
  test.each([
    ['Larkfield.csv', 'Larkfield'],
    ['Larkfield members 2026-07-01.csv', 'Larkfield'],
    ['Larkfield_progress_20260701-0930.csv', 'Larkfield'],
    ['Larkfield (2).csv', 'Larkfield'],
    ['Team 7.csv', 'Team 7'],
    ['members.csv', null],
  ])('%s is about %s', (name, team) => {
    expect(teamOf(name)).toBe(team);
  });

  test('of a folder are the newest of each team; nothing temporary, hidden, linked or below it', async () => {
    file('Larkfield 2026-06-01.csv', 'old', longAgo - 5000);
    file('Larkfield 2026-07-01.csv', 'new');
    file('Marsh.CSV', 'x');
    for (const name of ['~$Marsh.csv', '.hidden.csv', 'Quill.csv.part', 'Quill.csv.tmp', 'notes.md']) file(name, 'x');
    mkdirSync(join(folder, 'below.csv'));
    symlinkSync(join(folder, 'notes.md'), join(folder, 'linked.csv'));
    const files = await exportFiles(folder, signal);
    expect(files.map(({ name }) => name)).toEqual(['Larkfield 2026-07-01.csv', 'Marsh.CSV']);
  });

  test('that have just changed are waited for until they are quiet', async () => {
    const path = file('growing.csv', 'Name\r\nA', longAgo);
    const waits: number[] = [];
    let now = longAgo + 500;
    const clock = {
      now: () => now,
      monotonic: () => now,
      async sleep(ms: number) {
        waits.push(ms);
        now += ms;
        if (waits.length === 1) file('growing.csv', 'Name\r\nA\r\nB\r\n', now - 1000);
      },
    };
    expect(await exportFiles(path, signal, clock)).toMatchObject([{ name: 'growing.csv' }]);
    expect(waits).toEqual([1500, 1000]);

    const restless = {
      ...clock,
      async sleep(ms: number) {
        now += ms;
        file('growing.csv', 'x', now);
      },
    };
    expect(await failure(exportFiles(file('growing.csv', 'x', now), signal, restless))).toMatchObject({
      reason: expect.stringContaining('still being written'),
    });
  });

  test('that are not there are told by their path', async () => {
    expect(await failure(exportFiles(join(folder, 'none.csv'), signal))).toMatchObject({ code: 'not-found' });
    expect(await failure(exportFiles(folder, signal))).toMatchObject({
      reason: expect.stringContaining('no export in'),
    });
  });
});

describe('the columns', () => {
  test('are found whatever case, blanks and dashes, the best guess first', () => {
    expect(mapColumns('members', ['E-Mail ', 'USER_NAME', 'name', 'Full Name', 'Password'], [], 'x')).toEqual({
      email: 'email',
      username: 'username',
      fullName: 'fullname',
    });
  });

  test('are what the operator says they are, for one export or all', () => {
    const choices = parseColumnChoices('email = Mail; progress.courseTitle = Kurs; status=Stand');
    if (typeof choices === 'string') throw new Error(choices);
    expect(mapColumns('progress', ['Mail', 'Kurs', 'Course', 'Stand'], choices, 'x')).toEqual({
      email: 'mail',
      courseTitle: 'kurs',
      status: 'stand',
    });
  });

  test.each([
    ['email Mail', /Write field = heading/],
    ['mail = X', /not known here/],
    ['teams.email = X', /not known here.*members\./],
    ['username = Password', /passwords/],
  ])('"%s" is refused', (typed, words) => {
    expect(parseColumnChoices(typed)).toMatch(words);
  });

  test('that are needed and not found are told with what is there', () => {
    expect(() => mapColumns('progress', ['Email', 'Kurs', 'Status'], [], 'progress.csv')).toThrow(
      'progress.csv has no column that is known to hold the courseTitle or courseCode. Its headings are: "Email", "Kurs", "Status".',
    );
  });
});

describe('dates', () => {
  const read = (text: string, order: 'MDY' | 'DMY' = 'MDY', zone = 'UTC') => readDate(text, { order, zone });
  test.each([
    ['2026-07-03', 'MDY', 'UTC', '2026-07-03T00:00:00.000Z'],
    ['2026-07-03T09:58:12+02:00', 'DMY', 'America/Chicago', '2026-07-03T07:58:12.000Z'],
    ['2026-07-03 09:58', 'MDY', 'America/Chicago', '2026-07-03T14:58:00.000Z'],
    ['07/03/2026', 'MDY', 'UTC', '2026-07-03T00:00:00.000Z'],
    ['3.7.2026', 'DMY', 'Europe/Berlin', '2026-07-02T22:00:00.000Z'],
    ['7/3/26 1:05 PM', 'MDY', 'UTC', '2026-07-03T13:05:00.000Z'],
    ['12/31/2026 12:00:01 am', 'MDY', 'UTC', '2026-12-31T00:00:01.000Z'],
    // The hour that does not exist when clocks go forward, and the day after.
    ['03/08/2026 3:00 AM', 'MDY', 'America/Chicago', '2026-03-08T08:00:00.000Z'],
  ] as const)('%s, %s in %s', (text, order, zone, at) => {
    expect(read(text, order, zone)).toEqual({ at });
  });

  test('that only the other order can read are told apart from what is none', () => {
    expect(read('31/12/2026')).toBe('wrong-order');
    expect(read('12/31/2026', 'DMY')).toBe('wrong-order');
    for (const text of ['soon', '02/30/2026', '2026-02-30', '07/03/2026 25:00']) expect(read(text)).toBe('no-date');
  });

  test.each([
    ['65', 3900],
    ['1:05', 3900],
    ['1:05:30', 3930],
    ['PT1H12M3.5S', 4324],
    ['P1DT1S', 86_401],
    ['a while', null],
  ])('the duration %s', (text, seconds) => {
    expect(readDuration(text)).toBe(seconds);
  });
});

describe('rows', () => {
  const settings = settingsOf({ minScore: 80 });
  const cells = (values: Record<string, string>) => (field: string) => values[field] ?? '';

  test('of members: who they are, and whether the login has ended', () => {
    const now = Date.parse('2026-07-10T00:00:00Z');
    const ida = { email: ' Ida@Larkfield.example', firstName: 'Ida', lastName: 'Sample', expiresAt: '07/01/2026' };
    expect(readMember(cells(ida), 'Larkfield', settings, now)).toMatchObject({
      id: 'ida@larkfield.example',
      email: 'ida@larkfield.example',
      told: { fullName: 'Ida Sample', teamName: 'Larkfield', isActive: false, expiresAt: '2026-07-01T00:00:00.000Z' },
    });
    expect(readMember(cells({ username: 'tom', fullName: '=1+1' }), null, settings, now)).toMatchObject({
      id: 'tom',
      email: null,
      told: { fullName: '=1+1', isActive: true },
    });
    expect(() => readMember(cells({ fullName: 'X' }), null, settings, now)).toThrow('neither an e-mail address');
  });

  const base = { email: 'ida@larkfield.example', courseTitle: 'Spotting  Phishing!' };
  test.each([
    [{ status: 'Completed' }, { status: 'completed', progress: 100, passed: null }],
    [{ status: 'PASSED' }, { status: 'completed', passed: true }],
    [
      { status: 'Failed', progress: '100' },
      { status: 'in_progress', passed: false, completedAt: null },
    ],
    [
      { status: 'In-Progress', progress: '40 %' },
      { status: 'in_progress', progress: 40 },
    ],
    [{ status: 'not_started' }, { status: 'not_started', progress: null }],
    [
      { status: 'paused', progress: '12,5' },
      { status: 'in_progress', progress: 12.5 },
    ],
    [
      { status: 'paused', completedAt: '2026-07-03' },
      { status: 'not_started', completedAt: null },
    ],
    [{ progress: '100' }, { status: 'completed' }],
    [{ completedAt: '07/03/2026' }, { status: 'completed', completedAt: '2026-07-03T00:00:00.000Z' }],
    [
      { status: 'Completed', score: '79' },
      { score: 79, passed: false },
    ],
    [
      { status: 'Completed', score: '180' },
      { score: 100, passed: true },
    ],
    [{ status: 'Completed', timeSpent: '1:00:01' }, { timeSpentSeconds: 3601 }],
  ])('of progress %o are %o', (values, told) => {
    const attempt = readProgress(cells({ ...base, ...values }), 'Larkfield', settings);
    expect(attempt).toMatchObject({ course: 'spotting-phishing', told });
    expect(attempt.id).toBe('larkfield|ida@larkfield.example|spotting-phishing');
  });

  test('up to one bad row in twenty is told and passed over, more stop it before anything is given', async () => {
    const good = Array.from({ length: 40 }, (_, i) => `p${i}@larkfield.example,P ${i},\r\n`);
    const bad = (count: number) => Array.from({ length: count }, (_, i) => `q${i}@larkfield.example,Q,whenever\r\n`);
    let given = 0;
    const read = async (count: number) => {
      given = 0;
      const path = file('members.csv', ['Email,Name,Expires\r\n', ...good, ...bad(count)].join(''));
      const memory = new Map<string, string>();
      const kept = {
        get: (key: string) => memory.get(key),
        set: (key: string, value: string) => void memory.set(key, value),
      };
      const tryRow = (cell: Cells) => readMember(cell, null, settings, 0);
      const exports: Exports = { kind: 'members', path, settings, memory: kept, tryRow, found: { state: '' } };
      const told: string[] = [];
      for await (const row of rowsOf(exports, tryRow, signal)) {
        given += 1;
        if (row.kind === 'bad') told.push(row.at);
      }
      return told;
    };
    expect(await read(2)).toEqual(['members.csv, line 42', 'members.csv, line 43']);
    expect(await failure(read(3))).toMatchObject({
      code: 'malformed',
      reason: expect.stringContaining('3 of 43 rows'),
    });
    expect(given).toBe(0);
  });
});

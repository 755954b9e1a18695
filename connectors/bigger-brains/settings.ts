/** The options, and what they say once parsed. */
import { z } from 'zod';
import type { OptionField, Options } from '../../src/connector/manifest.ts';
import { type ColumnChoice, parseColumnChoices } from './csv/columns.ts';
import type { DateReading } from './csv/dates.ts';

export interface Settings {
  readonly columns: readonly ColumnChoice[];
  /** A label of the Encoding standard; null: found out file by file. */
  readonly encoding: string | null;
  readonly dates: DateReading;
  readonly staleAfterDays: number;
  /** Score from which a course counts as passed where the source does not say; 0: never concluded. */
  readonly minScore: number;
  /** SCORM Cloud: only what carries one of these tags. Empty: everything. */
  readonly tags: string;
}

const all = ['contacts', 'courses', 'learners', 'enrollments', 'completions'] as const;

const columnsSchema = z.string().transform((typed, context) => {
  const parsed = parseColumnChoices(typed);
  if (typeof parsed === 'string') context.addIssue({ code: 'custom', message: parsed });
  return typed;
});

const zoneSchema = z.string().refine(isZone, 'is not a time zone. Write it as Europe/London or America/Chicago.');

export const options: readonly OptionField[] = [
  {
    kind: 'text',
    key: 'columns',
    label: 'CSV columns',
    help: 'Which column holds what, where the headings are not understood: email = Mail; progress.courseTitle = Kurs',
    fallback: '',
    schema: columnsSchema,
    rereads: all,
  },
  {
    kind: 'choice',
    key: 'encoding',
    label: 'CSV encoding',
    help: 'How the files are written. Found out by itself for UTF-8, UTF-16 and Western European.',
    fallback: 'auto',
    choices: [
      { value: 'auto', label: 'find out' },
      ...['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'windows-1250', 'windows-1251', 'windows-1253'].map(same),
      ...['windows-1254', 'iso-8859-15', 'shift_jis', 'gb18030', 'big5', 'euc-kr'].map(same),
    ],
    rereads: all,
  },
  {
    kind: 'choice',
    key: 'dateOrder',
    label: 'CSV dates',
    help: 'How 03/04/2026 is meant. A date that contradicts it stops the reading; dates such as 2026-03-04 need no choice.',
    fallback: 'MDY',
    choices: [
      { value: 'MDY', label: 'month first' },
      { value: 'DMY', label: 'day first' },
    ],
    rereads: ['learners', 'enrollments', 'completions'],
  },
  {
    kind: 'text',
    key: 'zone',
    label: 'CSV time zone',
    help: 'The zone that dates without one are in, such as America/Chicago.',
    fallback: 'UTC',
    schema: zoneSchema,
    rereads: ['learners', 'enrollments', 'completions'],
  },
  {
    kind: 'integer',
    key: 'staleAfter',
    label: 'Exports are old after',
    help: 'The connection test warns when nobody has exported for longer.',
    fallback: 7,
    min: 1,
    max: 365,
    unit: 'days',
  },
  {
    kind: 'integer',
    key: 'minScore',
    label: 'Pass mark',
    help: 'Score from which a course counts as passed when the source does not say. 0: it is left open.',
    fallback: 0,
    min: 0,
    max: 100,
    rereads: ['enrollments', 'completions'],
  },
  {
    kind: 'text',
    key: 'tags',
    label: 'SCORM Cloud tags',
    help: 'Only courses and registrations with one of these tags, separated by commas. Empty: all.',
    fallback: '',
    rereads: all,
  },
];

/** @param options as `parseOptions` gave them */
export function settingsOf(options: Options): Settings {
  const columns = parseColumnChoices(text(options.columns));
  const encoding = text(options.encoding);
  const zone = text(options.zone);
  return {
    columns: typeof columns === 'string' ? [] : columns,
    encoding: encoding === '' || encoding === 'auto' ? null : encoding,
    dates: { order: options.dateOrder === 'DMY' ? 'DMY' : 'MDY', zone: zone === '' ? 'UTC' : zone },
    staleAfterDays: typeof options.staleAfter === 'number' ? options.staleAfter : 7,
    minScore: typeof options.minScore === 'number' ? options.minScore : 0,
    tags: text(options.tags)
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean)
      .join(','),
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

function same(value: string) {
  return { value, label: value };
}

function isZone(typed: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: typed.trim() });
    return true;
  } catch {
    return false;
  }
}

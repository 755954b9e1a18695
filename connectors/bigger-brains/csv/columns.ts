/** Which column of an export holds what. The vendor's headings are not published, so they are guesses that the operator sees and can set. */
import { Rejected } from '../../../src/connector/errors.ts';

export type ExportKind = 'members' | 'progress' | 'courses';

/** Per kind, canonical field -> headings it may have, best first. */
const guesses = {
  members: {
    email: ['email', 'email address', 'mail'],
    username: ['username', 'user name', 'login'],
    firstName: ['first name', 'given name'],
    lastName: ['last name', 'surname', 'family name'],
    fullName: ['full name', 'name', 'learner', 'member', 'user'],
    team: ['team', 'team name', 'client', 'company'],
    role: ['role', 'user type', 'access level'],
    expiresAt: ['login expiry', 'expiry date', 'expires'],
    lastLoginAt: ['last login', 'last access'],
  },
  progress: {
    email: ['email', 'email address', 'mail'],
    username: ['username', 'user name', 'login'],
    team: ['team', 'team name', 'client', 'company'],
    courseCode: ['course code', 'course id', 'code'],
    courseTitle: ['course', 'course name', 'course title', 'title'],
    status: ['status', 'completion status', 'state'],
    progress: ['progress', '% complete', 'percent complete', 'completion'],
    score: ['score', 'quiz score', 'result'],
    enrolledAt: ['assigned', 'assigned date', 'enrolled', 'enrollment date'],
    startedAt: ['start date', 'started'],
    completedAt: ['completed', 'completion date', 'date completed'],
    dueDate: ['due', 'due date'],
    timeSpent: ['time spent', 'duration', 'minutes'],
  },
  courses: {
    courseCode: ['course code', 'course id', 'code', 'id'],
    courseTitle: ['course', 'course name', 'course title', 'title', 'name'],
    description: ['description', 'summary'],
    category: ['category', 'topic'],
    minutes: ['minutes', 'duration', 'length'],
    language: ['language'],
  },
} as const satisfies Record<ExportKind, Record<string, readonly string[]>>;

/** What an export must have: of each line, one. */
const required: Readonly<Record<ExportKind, readonly (readonly string[])[]>> = {
  members: [
    ['email', 'username'],
    ['firstName', 'lastName', 'fullName'],
  ],
  progress: [
    ['email', 'username'],
    ['courseTitle', 'courseCode'],
    ['status', 'progress', 'completedAt'],
  ],
  courses: [['courseTitle']],
};

export type Field<K extends ExportKind> = keyof (typeof guesses)[K] & string;

/** What the operator set: `field = heading`, for all exports or one kind of them. */
export interface ColumnChoice {
  readonly kind: ExportKind | null;
  readonly field: string;
  readonly heading: string;
}

/** Canonical field -> heading, in the normal form. */
export type Mapping = Readonly<Record<string, string>>;

/** `email = Mail; progress.courseTitle = Kurs`. A sentence that says what is wrong, when something is. */
export function parseColumnChoices(typed: string): ColumnChoice[] | string {
  const choices: ColumnChoice[] = [];
  for (const part of typed.split(';')) {
    if (part.trim() === '') continue;
    const [, kind, field = '', heading = ''] = /^\s*(?:(\w+)\.)?(\w+)\s*=\s*(.*?)\s*$/.exec(part) ?? [];
    if (heading === '') return `has "${part.trim()}". Write field = heading, separated by semicolons.`;
    const kinds = kind === undefined ? (Object.keys(guesses) as ExportKind[]) : [kind].filter(isKind);
    if (!kinds.some((each) => Object.hasOwn(guesses[each], field))) {
      const known = kinds.length === 0 ? Object.keys(guesses).map((each) => `${each}.`) : fieldsOf(kinds);
      return `has "${part.trim()}", which is not known here. Known are: ${known.join(', ')}.`;
    }
    // A password never gets past the heading row.
    if (normal(heading).includes('password')) return 'may not name a column of passwords; these are left out.';
    choices.push({ kind: kind === undefined ? null : (kind as ExportKind), field, heading: normal(heading) });
  }
  return choices;
}

/**
 * The mapping for a heading row: what the operator set, else the best guess. @throws Rejected when something that is needed is not
 * found, with the headings that are there.
 */
export function mapColumns(
  kind: ExportKind,
  headings: readonly string[],
  choices: readonly ColumnChoice[],
  file: string,
): Mapping {
  const present = new Set(headings.map(normal));
  const mapping: Record<string, string> = {};
  for (const [field, names] of Object.entries(guesses[kind])) {
    const chosen = choices.filter((choice) => choice.field === field && (choice.kind ?? kind) === kind);
    const heading = [...chosen.map((choice) => choice.heading), ...names.map(normal)].find((name) => present.has(name));
    // The first field to claim a column has it.
    if (heading !== undefined && !Object.values(mapping).includes(heading)) mapping[field] = heading;
  }
  const lacking = required[kind].find((fields) => !fields.some((field) => mapping[field] !== undefined));
  if (lacking !== undefined) throw unmapped(kind, lacking, headings, file);
  return mapping;
}

/** Whether the headings have all that was accepted before; the fields whose column is gone. */
export function missingColumns(mapping: Mapping, headings: readonly string[]): string[] {
  const present = new Set(headings.map(normal));
  return Object.keys(mapping).filter((field) => !present.has(mapping[field] ?? ''));
}

/** Reads a field of a row; `''` where the export has no such column. */
export type Cells = (field: string) => string;

export function cellReader(mapping: Mapping, headings: readonly string[]): (cells: readonly string[]) => Cells {
  const normalised = headings.map(normal);
  const places = new Map(Object.entries(mapping).map(([field, heading]) => [field, normalised.indexOf(heading)]));
  return (cells) => (field) => cells[places.get(field) ?? -1]?.trim() ?? '';
}

/** For people: `email from "Email", ...`. */
export function describeMapping(mapping: Mapping, headings: readonly string[]): string {
  const asWritten = new Map(headings.map((heading) => [normal(heading), heading.trim()]));
  return Object.entries(mapping)
    .map(([field, heading]) => `${field} from "${asWritten.get(heading) ?? heading}"`)
    .join(', ');
}

/** `E-Mail`, `e_mail` and `email` are one heading. */
export function normal(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_.-]+/g, '');
}

export function quoted(headings: readonly string[]): string {
  const shown = headings.slice(0, 30).map((heading) => `"${heading.trim().slice(0, 40)}"`);
  return shown.join(', ') + (headings.length > shown.length ? ', ...' : '');
}

function unmapped(kind: ExportKind, fields: readonly string[], headings: readonly string[], file: string): Rejected {
  const [first = ''] = fields;
  return new Rejected(
    { [first]: 'no column' },
    {
      reason: `${file} has no column that is known to hold the ${fields.join(' or ')}. Its headings are: ${quoted(headings)}.`,
      fix: `Say which one it is in the option "CSV columns": ${kind}.${first} = the heading.`,
    },
  );
}

function isKind(word: string): word is ExportKind {
  return Object.hasOwn(guesses, word);
}

function fieldsOf(kinds: readonly ExportKind[]): string[] {
  return [...new Set(kinds.flatMap((kind) => Object.keys(guesses[kind])))];
}

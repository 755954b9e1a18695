/**
 * How far a record type has been read, and what to read next. Pure.
 *
 * The law: the vendor's time and never ours; inclusive, minus an overlap (hashes drop what is the same);
 * the cursor never passes the start of the pass that set it. A cursor is stored in the same transaction
 * as the page it covers, so at most one page per record type is ever read again and none is skipped.
 */
import type { Page, Position, ReadRequest } from '../../connector/contract.ts';
import type { RecordTypeSpec } from '../../connector/manifest.ts';

export interface TypeCursor {
  readonly [key: string]: unknown;
  /** Changes are read from here next time: ISO of the vendor's clock, or a feed position. Null before a full pass is complete. */
  readonly mark: string | null;
  /** Our clock, ISO: when the last full pass was completed. */
  readonly fullAt: string | null;
  /** Which options the stored rows were read with; when it differs, everything is read again. */
  readonly selection: string;
  /** The vendor ignores the changes filter (every row came back): read in full, less often. */
  readonly filterIgnored: boolean;
  /** The pass under way; null between passes. */
  readonly pass: PassState | null;
  /** A staged pass is complete, and what it staged is not all taken yet: that comes before anything else. */
  readonly taking: boolean;
}

export interface PassState {
  readonly mode: 'full' | 'changes';
  readonly since: string | null;
  /** After which page to go on; null: from the beginning. */
  readonly position: Position | null;
  /** The vendor's clock (or feed position) when the pass began. */
  readonly started: string | null;
  /** Highest modification time seen; stays null while rows without one are seen (see `untimed`). */
  readonly newest: string | null;
  readonly untimed: boolean;
  /** It changes nothing until it is complete; see `staging.ts` of the store. Absent in passes that older versions began. */
  readonly staged?: boolean;
}

export interface Plan {
  readonly pass: PassState;
  /** Continues a pass that was cut short. */
  readonly resumed: boolean;
}

export interface Circumstances {
  /** Our clock, epoch milliseconds. */
  readonly now: number;
  /** The operator asked for everything. */
  readonly full: boolean;
  /** The operator asked for a run now (scheduled runs respect `compareEveryMs`). */
  readonly manual: boolean;
  readonly fullEveryMs: number;
  readonly selection: string;
  /** False: what exists already is not wanted, only what changes from now on. */
  readonly history: boolean;
}

const defaultOverlapMs = 5 * 60_000;
/** How seldom a type is read in full when the vendor ignores its changes filter, or its feed tells nothing. */
const filterIgnoredEveryMs = 30 * 60_000;
const day = 86_400_000;

const emptyPass: PassState = { mode: 'full', since: null, position: null, started: null, newest: null, untimed: false };

/**
 * Everything, beside the complete copy where there is one: a pass that fails half-way leaves that as it was. Without one, rows
 * are taken as they come.
 */
export function fromTheBeginning(cursor: TypeCursor | null): Plan {
  return { pass: hasCopy(cursor) ? { ...emptyPass, staged: true } : emptyPass, resumed: false };
}

/** With another selection the mark is lost when the first page is read, and with it what else tells of the copy. */
function hasCopy(cursor: TypeCursor | null): boolean {
  return cursor !== null && (cursor.mark !== null || cursor.pass?.staged === true);
}

export function emptyCursor(selection: string): TypeCursor {
  return { mark: null, fullAt: null, selection, filterIgnored: false, pass: null, taking: false };
}

/** What to read now; `skip` when it is too early for a comparing pass; `from-now` when history is not wanted. */
export function planPass(
  cursor: TypeCursor | null,
  spec: RecordTypeSpec,
  it: Circumstances,
): Plan | 'skip' | 'from-now' {
  const fresh = fromTheBeginning(cursor);
  if (cursor === null) return it.history || spec.changes === 'compare' ? fresh : 'from-now';
  if (cursor.selection !== it.selection) return fresh;

  const { pass } = cursor;
  if (pass !== null && !(it.full && pass.mode === 'changes')) return { pass, resumed: pass.position !== null };
  if (it.full || cursor.mark === null) return fresh;

  const sinceFull = cursor.fullAt === null ? Number.POSITIVE_INFINITY : it.now - Date.parse(cursor.fullAt);
  const comparing = spec.changes === 'compare' || cursor.filterIgnored;
  if (comparing) {
    const every = spec.changes === 'compare' ? (spec.compareEveryMs ?? 0) : filterIgnoredEveryMs;
    return it.manual || sinceFull >= every ? fresh : 'skip';
  }
  // Without history a full pass would import what the operator did not want.
  if (it.history && sinceFull >= it.fullEveryMs) return fresh;
  return { pass: { ...emptyPass, mode: 'changes', since: rewind(cursor.mark, spec) }, resumed: false };
}

/**
 * What to read when the vendor's feed cannot tell the changes: everything. It may stay so (a permission is missing), so on
 * schedule not again right after the last time.
 */
export function planWithoutFeed(cursor: TypeCursor, it: Pick<Circumstances, 'now' | 'manual'>): Plan | 'skip' {
  const sinceFull = cursor.fullAt === null ? Number.POSITIVE_INFINITY : it.now - Date.parse(cursor.fullAt);
  return it.manual || sinceFull >= filterIgnoredEveryMs ? fromTheBeginning(cursor) : 'skip';
}

/** The pass that follows a complete full one in the same run: what changed while it was read. */
export function catchUpPass(cursor: TypeCursor, spec: RecordTypeSpec): PassState | null {
  if (spec.changes === 'compare' || cursor.filterIgnored || cursor.mark === null) return null;
  return { ...emptyPass, mode: 'changes', since: rewind(cursor.mark, spec) };
}

export function requestFor(spec: RecordTypeSpec, pass: PassState, signal: AbortSignal): ReadRequest {
  return { type: spec.type, mode: pass.mode, since: pass.since, position: pass.position, signal };
}

/** The cursor to store with `page`. `started`: the vendor's clock or feed position when the pass began. */
export function advance(
  cursor: TypeCursor,
  pass: PassState,
  page: Page,
  spec: RecordTypeSpec,
  started: string,
  now: number,
): TypeCursor {
  const seen = noteTimes(pass, page);
  const moved: PassState = { ...seen, position: page.next, started: pass.started ?? started };
  const filterIgnored = cursor.filterIgnored || ignoredFilter(pass, page);
  if (page.next !== null) {
    return { ...cursor, filterIgnored, pass: moved };
  }
  const complete = { ...cursor, filterIgnored, pass: null };
  const begun = moved.started ?? started;
  if (pass.mode === 'full') {
    return { ...complete, mark: begun, fullAt: new Date(now).toISOString(), taking: pass.staged === true };
  }
  if (spec.changes === 'feed') return { ...complete, mark: page.feedPosition ?? cursor.mark };
  return { ...complete, mark: nextMark(cursor.mark, moved, begun, spec) };
}

/**
 * Newest seen, but at least the pass's start minus the overlap (else a burst of changes would be read
 * again for ever on a quiet tenant), and never past the start, never backwards.
 */
function nextMark(previous: string | null, pass: PassState, started: string, spec: RecordTypeSpec): string {
  const floor = rewind(started, spec);
  const candidates = [previous, floor, pass.untimed ? started : pass.newest].filter((mark) => mark !== null);
  const highest = candidates.reduce((a, b) => (a > b ? a : b));
  if (highest <= started) return highest;
  return previous !== null && previous > started ? previous : started;
}

function noteTimes(pass: PassState, page: Page): PassState {
  let { newest, untimed } = pass;
  for (const item of page.items) {
    const at = item.modifiedAt ?? null;
    if (at === null) untimed = true;
    else {
      const normal = new Date(at).toISOString();
      if (newest === null || normal > newest) newest = normal;
    }
  }
  return { ...pass, newest, untimed };
}

/** Rows much older than what was asked for: the vendor did not apply the filter. Said by the connector, or seen by the times. */
function ignoredFilter(pass: PassState, page: Page): boolean {
  if (pass.mode !== 'changes') return false;
  if (page.filtered === false) return true;
  const since = pass.since === null ? Number.NaN : Date.parse(pass.since);
  if (Number.isNaN(since)) return false;
  return page.items.some((item) => item.modifiedAt != null && Date.parse(item.modifiedAt) < since - day);
}

function rewind(mark: string, spec: RecordTypeSpec): string {
  if (spec.changes === 'feed') return mark;
  return new Date(Date.parse(mark) - (spec.overlapMs ?? defaultOverlapMs)).toISOString();
}

/** What the terminal we were started in can do. Found out once, from the environment and the streams, without a query. */

export type ColourLevel = 'none' | '16' | '256' | 'truecolor';

export interface Capabilities {
  /** Both ends are a terminal that can move its cursor: the full-screen console can run. */
  readonly interactive: boolean;
  /** Why not, in one sentence; null when it can. */
  readonly reason: string | null;
  readonly colour: ColourLevel;
  /** Box drawing and symbols; false: ASCII twins. */
  readonly unicode: boolean;
  readonly columns: number;
  readonly rows: number;
  /** A terminal, but one that cannot move its cursor: the console is shown as lines. */
  readonly linear: boolean;
}

/** What the terminal can, within what the operator wants of it. NO_COLOR holds whatever the file says. */
export function asWanted(
  detected: Capabilities,
  { ascii, colours }: { readonly ascii: boolean | 'auto'; readonly colours: 'auto' | 'none' | '16' },
): Capabilities {
  return {
    ...detected,
    unicode: ascii === 'auto' ? detected.unicode : !ascii,
    colour: colours === 'auto' || detected.colour === 'none' ? detected.colour : colours,
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

export interface TerminalStreams {
  readonly stdin: { readonly isTTY?: boolean };
  readonly stdout: { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };
}

export const minimumSize = { columns: 60, rows: 15 } as const;

export function isTooSmall(size: { readonly columns: number; readonly rows: number }): boolean {
  return size.columns < minimumSize.columns || size.rows < minimumSize.rows;
}

export function detectCapabilities(env: Environment, streams: TerminalStreams): Capabilities {
  const reason = whyNotInteractive(env, streams);
  return {
    interactive: reason === null,
    reason,
    colour: colourLevel(env, streams.stdout.isTTY === true),
    unicode: speaksUnicode(env),
    columns: streams.stdout.columns || 80,
    rows: streams.stdout.rows || 24,
    linear: env.TERM === 'dumb' && streams.stdin.isTTY === true && streams.stdout.isTTY === true,
  };
}

function whyNotInteractive(env: Environment, { stdin, stdout }: TerminalStreams): string | null {
  if (stdin.isTTY !== true) return 'Its input is not a terminal.';
  if (stdout.isTTY !== true) return 'Its output is not a terminal.';
  if (env.TERM === 'dumb') return 'TERM is "dumb": this terminal cannot move its cursor.';
  return null;
}

function colourLevel(env: Environment, tty: boolean): ColourLevel {
  // no-color.org: present and not empty, whatever its value; it wins over everything else.
  if (env.NO_COLOR) return 'none';
  const term = env.TERM ?? '';
  if (!tty || term === '' || term === 'dumb' || /^vt\d/.test(term)) return 'none';
  if (/^(truecolor|24bit)$/i.test(env.COLORTERM ?? '') || term.endsWith('-direct')) return 'truecolor';
  if (term.includes('256color')) return '256';
  return '16';
}

function speaksUnicode(env: Environment): boolean {
  // The text console of Linux and serial terminals have no glyphs beyond their one font page.
  if (/^(linux|vt\d|dumb$)/.test(env.TERM ?? '')) return false;
  return /utf-?8/i.test(env.LC_ALL || env.LC_CTYPE || env.LANG || '');
}

/**
 * The value of FORCE_COLOR that makes chalk agree with us. It has to be in the environment before chalk is loaded,
 * for it reads it once and knows nothing of NO_COLOR. Without colours inverse and bold are still wanted (the
 * cursor, the selected row), so `none` is chalk's lowest level with a theme that names no colour.
 */
export function chalkLevel(colour: ColourLevel): '1' | '2' | '3' {
  return colour === 'truecolor' ? '3' : colour === '256' ? '2' : '1';
}

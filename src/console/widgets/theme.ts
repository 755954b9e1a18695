/**
 * Colours and glyphs by meaning. Only the 16 named colours, so that the operator's own palette decides how they
 * look, on dark and on light ground; and no state is told by colour alone: each has a word and a glyph too.
 */
import type { TextProps } from 'ink';
import { createContext, useContext } from 'react';

export type TextStyle = Pick<TextProps, 'color' | 'bold' | 'dimColor' | 'inverse' | 'underline'>;

export interface Theme {
  readonly unicode: boolean;
  readonly style: {
    readonly plain: TextStyle;
    /** Headings, the focused thing. */
    readonly accent: TextStyle;
    readonly success: TextStyle;
    readonly warning: TextStyle;
    readonly danger: TextStyle;
    /** Under way. */
    readonly active: TextStyle;
    readonly muted: TextStyle;
    readonly strong: TextStyle;
    readonly selected: TextStyle;
  };
  readonly glyph: Glyphs;
  /** Between what was and what becomes of it; two cells in ASCII, so no glyph. */
  readonly arrow: string;
  /** `borderStyle` of an Ink box. */
  readonly border: 'single' | 'classic';
}

/** Every glyph is one cell wide. */
export interface Glyphs {
  readonly connected: string;
  readonly disconnected: string;
  readonly error: string;
  readonly syncing: string;
  readonly passed: string;
  readonly failed: string;
  readonly pending: string;
  readonly running: string;
  readonly untested: string;
  readonly warning: string;
  readonly pointer: string;
  readonly bullet: string;
  readonly ellipsis: string;
  readonly mask: string;
  readonly barFull: string;
  readonly barEmpty: string;
  readonly rule: string;
  readonly up: string;
  readonly down: string;
}

const unicodeGlyphs: Glyphs = {
  connected: '●',
  disconnected: '○',
  error: '✗',
  syncing: '↻',
  passed: '✓',
  failed: '✗',
  pending: '·',
  running: '›',
  untested: '–',
  warning: '!',
  pointer: '>',
  bullet: '•',
  ellipsis: '…',
  mask: '•',
  barFull: '█',
  barEmpty: '░',
  rule: '─',
  up: '↑',
  down: '↓',
};

const asciiGlyphs: Glyphs = {
  connected: '*',
  disconnected: 'o',
  error: 'x',
  syncing: '~',
  passed: '+',
  failed: 'x',
  pending: '.',
  running: '>',
  untested: '-',
  warning: '!',
  pointer: '>',
  bullet: '*',
  ellipsis: '~',
  mask: '*',
  barFull: '#',
  barEmpty: '.',
  rule: '-',
  up: '^',
  down: 'v',
};

const colours: Theme['style'] = {
  plain: {},
  accent: { color: 'cyan', bold: true },
  success: { color: 'green' },
  warning: { color: 'yellow' },
  danger: { color: 'red', bold: true },
  active: { color: 'cyan' },
  muted: { dimColor: true },
  strong: { bold: true },
  selected: { inverse: true },
};

const withoutColours: Theme['style'] = {
  ...colours,
  accent: { bold: true },
  success: {},
  warning: { bold: true },
  danger: { bold: true },
  active: {},
};

export function createTheme(given: { readonly colour: string; readonly unicode: boolean }): Theme {
  return {
    unicode: given.unicode,
    style: given.colour === 'none' ? withoutColours : colours,
    glyph: given.unicode ? unicodeGlyphs : asciiGlyphs,
    arrow: given.unicode ? '→' : '->',
    border: given.unicode ? 'single' : 'classic',
  };
}

export const ThemeContext = createContext<Theme>(createTheme({ colour: '16', unicode: true }));

export function useTheme(): Theme {
  return useContext(ThemeContext);
}

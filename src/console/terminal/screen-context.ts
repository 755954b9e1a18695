import { useWindowSize } from 'ink';
import { createContext, useContext } from 'react';
import { type Capabilities, detectCapabilities } from './capabilities.ts';

/** What views may ask of the terminal. */
export interface Screen {
  readonly capabilities: Capabilities;
  /** Draws everything anew: for Ctrl-L, after another program wrote into the screen. */
  repaint(): void;
  /** Gives the terminal back to the shell (Ctrl-Z) until it is continued. */
  suspend(): Promise<void>;
  /** Shows text in the operator's pager, and resolves when that is closed. @throws {PagerFailed} */
  page(lines: Iterable<string>): Promise<void>;
  /** Hands text to the clipboard of the terminal; false when it is too long. Whether the terminal takes it is not known. */
  copy(text: string): boolean;
  /** Types text at the cursor of the focused field. */
  insert(text: string): void;
  /** Resolves when every key that has arrived was heard. */
  keysHeard(): Promise<void>;
}

/** Outside `renderConsole` (a component test): nothing to repaint, nothing to stop. */
export const ScreenContext = createContext<Screen>({
  capabilities: detectCapabilities({ LANG: 'C.UTF-8' }, { stdin: {}, stdout: {} }),
  repaint() {},
  async suspend() {},
  async page() {},
  copy: () => false,
  insert() {},
  async keysHeard() {},
});

export function useScreen(): Screen {
  return useContext(ScreenContext);
}

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** The window in cells; follows it when it is resized. */
export function useTerminalSize(): TerminalSize {
  return useWindowSize();
}

/**
 * Who owns what is typed. While a field has the focus, `q` is a letter and not the command to quit; the dispatcher of
 * the console asks here before it treats a key as a command.
 */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react';

export interface TextCapture {
  /** A field has the focus: leave everything that types text to it. */
  active(): boolean;
  /** Whether this key is the field's, and no command. */
  takes(keyId: string): boolean;
  /** Takes what is typed until the returned function is called. `beside`: further keys that stay commands. */
  claim(beside?: readonly string[]): () => void;
}

/** Keys that stay commands while a field has the focus: it does nothing with them. */
const besideText: readonly string[] = [
  'enter',
  'escape',
  'tab',
  'shift+tab',
  'up',
  'down',
  'pageup',
  'pagedown',
  'ctrl+o',
  'ctrl+n',
  'ctrl+l',
];

const nobody: TextCapture = { active: () => false, takes: () => false, claim: () => () => {} };
const Context = createContext<TextCapture>(nobody);

export function TextCaptureProvider({ children }: { readonly children: ReactNode }) {
  const owners = useRef(new Map<symbol, readonly string[]>());
  const capture = useMemo<TextCapture>(
    () => ({
      active: () => owners.current.size > 0,
      takes: (keyId) =>
        !besideText.includes(keyId) && [...owners.current.values()].some((beside) => !beside.includes(keyId)),
      claim(beside = []) {
        const owner = Symbol('field');
        owners.current.set(owner, beside);
        return () => owners.current.delete(owner);
      },
    }),
    [],
  );
  return <Context value={capture}>{children}</Context>;
}

export function useTextCapture(): TextCapture {
  return useContext(Context);
}

/** Claims what is typed while `focused`. `beside` must be the same array each time. */
export function useClaimText(focused: boolean, beside?: readonly string[]): void {
  const capture = useTextCapture();
  useEffect(() => (focused ? capture.claim(beside) : undefined), [capture, focused, beside]);
}

/**
 * Who owns plain letters. While a text field has the focus, `q` is a letter and not the command to quit; the
 * dispatcher of the console asks here before it treats text as a command.
 */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react';

export interface TextCapture {
  /** A text field has the focus: leave everything that types text to it. */
  active(): boolean;
  /** Takes the letters until the returned function is called. */
  claim(): () => void;
}

const nobody: TextCapture = { active: () => false, claim: () => () => {} };
const Context = createContext<TextCapture>(nobody);

export function TextCaptureProvider({ children }: { readonly children: ReactNode }) {
  const owners = useRef(new Set<symbol>());
  const capture = useMemo<TextCapture>(
    () => ({
      active: () => owners.current.size > 0,
      claim() {
        const owner = Symbol('text field');
        owners.current.add(owner);
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

/** Claims plain letters while `focused`. */
export function useClaimText(focused: boolean): void {
  const capture = useTextCapture();
  useEffect(() => (focused ? capture.claim() : undefined), [capture, focused]);
}

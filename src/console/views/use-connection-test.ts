import { useEffect, useRef, useState } from 'react';
import type { CheckView, TestInput } from '../../engine/engine.ts';
import { useStore } from '../app/context.ts';

export interface ConnectionTest {
  readonly input: TestInput | null;
  readonly phase: 'none' | 'running' | 'done';
  readonly checks: readonly CheckView[];
}

export const noTest: ConnectionTest = { input: null, phase: 'none', checks: [] };

/** Runs a connection test and shows each check as it comes; a new one, or leaving the view, stops the one before. */
export function useConnectionTest(): { test: ConnectionTest; run(input: TestInput): void; stop(): void } {
  const store = useStore();
  const [test, setTest] = useState(noTest);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  return {
    test,
    stop() {
      abort.current?.abort();
      setTest(noTest);
    },
    run(input) {
      abort.current?.abort();
      const own = new AbortController();
      abort.current = own;
      const show = (change: Partial<ConnectionTest>) => {
        if (!own.signal.aborted) setTest((before) => ({ ...before, input, ...change }));
      };
      show({ phase: 'running', checks: [] });
      store.engine
        .test(input, (checks) => show({ checks }), own.signal)
        .then(
          ({ checks }) => show({ phase: 'done', checks }),
          (error: unknown) => {
            if (own.signal.aborted) return;
            setTest(noTest);
            store.failed(error);
          },
        );
    },
  };
}

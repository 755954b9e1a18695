import { useEffect, useState } from 'react';
import { useStore } from '../app/context.ts';

/** What a promise gives; null until it is there. Loaded again when `key` changes. A failure is said on the status line. */
export function useLoaded<T>(load: () => Promise<T>, key: string): T | null {
  const store = useStore();
  const [value, setValue] = useState<T | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is new at every render; `key` says what it loads.
  useEffect(() => {
    let current = true;
    load().then(
      (loaded) => current && setValue(loaded),
      (error: unknown) => current && store.failed(error),
    );
    return () => {
      current = false;
    };
  }, [key]);
  return value;
}

import { useEffect, useRef, useState } from 'react';
import { useClock } from '../app/context.ts';

/** Long enough to be seen, short enough that a calm screen is soon calm again. */
const momentMs = 3_000;
const none: ReadonlySet<string> = new Set();

/** Keys whose figure has changed a moment ago; what was there from the start has not. */
export function useChanged(figures: Readonly<Record<string, string>>): ReadonlySet<string> {
  const clock = useClock();
  const before = useRef(figures);
  const [changed, setChanged] = useState(none);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the figures are a new object at every render.
  useEffect(() => {
    const different = Object.keys(figures).filter((key) => (before.current[key] ?? figures[key]) !== figures[key]);
    before.current = figures;
    if (different.length === 0) return;
    setChanged(new Set(different));
    const stop = clock.every(momentMs, () => {
      stop();
      setChanged(none);
    });
    return stop;
  }, [JSON.stringify(figures), clock]);
  return changed;
}

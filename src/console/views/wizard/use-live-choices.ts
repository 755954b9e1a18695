import { useEffect, useState } from 'react';
import type { Manifest } from '../../../connector/manifest.ts';
import type { TestInput } from '../../../engine/engine.ts';
import { useEngine } from '../../app/context.ts';
import { explain } from '../../app/failure.ts';
import type { Live } from './options.ts';

/** Reads the choices that only the vendor knows, once when the form opens and again on demand. */
export function useLiveChoices(manifest: Manifest, input: TestInput): { live: Live; retry(): void } {
  const engine = useEngine();
  const [live, setLive] = useState<Live>({});
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was entered when the form opened is what counts.
  useEffect(() => {
    const abort = new AbortController();
    setLive({});
    for (const field of manifest.options) {
      if ((field.kind !== 'choice' && field.kind !== 'choices') || field.choices !== 'vendor') continue;
      const show = (result: Live[string]) => {
        if (!abort.signal.aborted) setLive((before) => ({ ...before, [field.key]: result }));
      };
      engine.choices(input, field.key, abort.signal).then(
        (choices) => show({ state: 'loaded', choices }),
        (error: unknown) => show({ state: 'failed', failure: explain(error) }),
      );
    }
    return () => abort.abort();
  }, [engine, manifest, tries]);
  return { live, retry: () => setTries((count) => count + 1) };
}

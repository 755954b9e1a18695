import { useEffect, useState } from 'react';
import type { Failure } from '../../../connector/errors.ts';
import type { Preview, PreviewInput } from '../../../engine/preview-commands.ts';
import type { RunProgress } from '../../../engine/snapshot.ts';
import { useEngine } from '../../app/context.ts';
import { explain } from '../../app/failure.ts';

export type PreviewState =
  | { readonly phase: 'reading'; readonly progress: RunProgress | null }
  | { readonly phase: 'done'; readonly preview: Preview }
  /** It could not begin, or the program failed. */
  | { readonly phase: 'failed'; readonly failure: Failure };

/** Reads a preview anew for every other `key`, and stops reading when the view is left. */
export function usePreview(input: PreviewInput, key: string): PreviewState {
  const engine = useEngine();
  const [state, setState] = useState<PreviewState>({ phase: 'reading', progress: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `input` is new at every render; `key` says when to read.
  useEffect(() => {
    const abort = new AbortController();
    const show = (next: PreviewState) => {
      if (!abort.signal.aborted) setState(next);
    };
    show({ phase: 'reading', progress: null });
    engine
      .preview(input, (progress) => show({ phase: 'reading', progress }), abort.signal)
      .then(
        (preview) => show({ phase: 'done', preview }),
        (error: unknown) => show({ phase: 'failed', failure: explain(error) }),
      );
    return () => abort.abort();
  }, [engine, key]);
  return state;
}

/** The end of a full pass that changed nothing so far: what it staged is taken. */
import type { RecordTypeSpec } from '../../connector/manifest.ts';
import type { PageOutcome, PageToApply } from '../../portal/page.ts';
import type { TypeCursor } from './cursor.ts';
import type { PullEnvironment } from './pull.ts';

/**
 * Not to be cancelled, since it takes but a moment and asks nobody. Should the process die meanwhile, the cursor says so, and
 * the next run takes the rest.
 */
export async function takeStaged(
  spec: RecordTypeSpec,
  complete: TypeCursor,
  env: PullEnvironment,
  count: (outcome: PageOutcome, total: number | null) => void,
): Promise<TypeCursor> {
  const cursor = { ...complete, taking: false };
  for (;;) {
    const taken = env.portal.takeStaged({ ...howToTake(spec, env), cursor });
    count(taken.outcome, null);
    if (taken.complete) return cursor;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export function howToTake(spec: RecordTypeSpec, env: PullEnvironment): Omit<PageToApply, 'items' | 'cursor'> {
  return {
    integration: env.integration,
    type: spec.type,
    runId: env.runId,
    at: new Date(env.now()).toISOString(),
    linkOnly: spec.direction === 'link',
    blanksErase: env.blanksErase === true,
  };
}

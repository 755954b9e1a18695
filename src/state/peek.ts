/** The console's first frame must not wait for a validator or a store: this file imports nothing but the file system. */
import { readFileSync } from 'node:fs';
import type { Config } from './config.ts';
import type { DeepReadonly, State } from './schema.ts';

/**
 * What state.json says, unverified: any part may be missing or of another shape. Null when it is absent or broken;
 * `openState` will say why.
 */
export function peekState(path: string): Partial<DeepReadonly<State>> | null {
  return peek(path);
}

type Peeked = {
  readonly console?: Partial<Config['console']>;
};

/** What config.json says, unverified; nothing when it is absent or broken: `loadConfig` will say why. */
export function peekConfig(path: string): Peeked {
  return peek<Peeked>(path) ?? {};
}

function peek<T extends object>(path: string): T | null {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof content === 'object' && content !== null && !Array.isArray(content) ? (content as T) : null;
  } catch {
    return null;
  }
}

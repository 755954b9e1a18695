/** Brings the content of an older state.json to the present form, one version at a time. */
import { STATE_VERSION } from './schema.ts';
import { StateError } from './state-error.ts';

type Content = Record<string, unknown>;

/** `migrations[n]` turns version n into n + 1. None is ever changed once released. */
const migrations: Readonly<Record<number, (content: Content) => Content>> = {};

/**
 * @param content parsed JSON, not yet validated
 * @throws StateError `state-newer`; TypeError when there is no version at all
 */
export function migrate(content: unknown, steps = migrations, target: number = STATE_VERSION): unknown {
  if (typeof content !== 'object' || content === null) throw new TypeError('not an object');
  let current = content as Content;
  let version = current.version;
  if (!Number.isInteger(version)) throw new TypeError('no version');
  if ((version as number) > target) {
    throw new StateError(
      'state-newer',
      `state.json was written by a newer msportal (its version is ${version}; this program knows up to ${target}).`,
      'Install that newer version again, or use another data folder. Nothing was changed.',
    );
  }
  for (let at = version as number; at < target; at++) {
    const step = steps[at];
    if (step === undefined) throw new TypeError(`version ${at} was never in use`);
    version = at + 1;
    current = { ...step(current), version };
  }
  return current;
}

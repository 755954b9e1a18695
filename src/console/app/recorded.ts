import type { Engine } from '../../engine/engine.ts';
import { type ActionLine, actionLines } from './action-lines.ts';

/** Told when it is asked for; all else when it is done. */
const long: readonly (keyof Engine)[] = ['sync', 'retryIssues'];

/** The engine, with `tell` called for all that is done through it. */
export function recorded(engine: Engine, tell: (action: ActionLine) => void): Engine {
  const methods = new Map<PropertyKey, { readonly of: unknown; readonly recorded: unknown }>();
  const recordedMethod = (key: keyof Engine, method: (...args: never[]) => unknown) => {
    const lineOf = actionLines[key];
    if (lineOf === undefined) return method.bind(engine);
    return (...args: never[]) => {
      const done = () => {
        const line = lineOf(...args);
        if (line !== null) tell(line);
      };
      if (long.includes(key)) done();
      const result = method.apply(engine, args) as Promise<unknown>;
      if (!long.includes(key)) result.then(done, () => {});
      return result;
    };
  };
  return new Proxy<Engine>(engine, {
    get(_, key) {
      const value: unknown = engine[key as keyof Engine];
      if (typeof value !== 'function') return value;
      // The same function every time: hooks compare them.
      if (methods.get(key)?.of !== value) {
        methods.set(key, { of: value, recorded: recordedMethod(key as keyof Engine, value as () => unknown) });
      }
      return methods.get(key)?.recorded;
    },
  });
}

import { UsageError } from './exit.ts';

/** `--set title=Printer --set category=`: fields and values; an empty value is none. Throws UsageError, saying first what is taken. */
export function assignments(
  given: readonly string[],
  takes = '--set takes FIELD=VALUE',
): Record<string, string | null> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new UsageError(`${takes}; "${text}" is not that.`);
      const value = text.slice(at + 1);
      return [text.slice(0, at), value === '' ? null : value];
    }),
  );
}

/** How a connection test is printed. */
import type { CheckView } from '../engine/engine.ts';
import { note, plain } from './output.ts';

/** The stable shape of `--json`. */
export function checkJson(check: CheckView) {
  const { id, label, status, ms, cause, fix, detail } = check;
  return { id, label, status, ms, cause, fix, detail };
}

/** One check for people; a failed one with its cause and what to do. */
export function checkLines(check: CheckView): string[] {
  const head = `${check.status.padEnd(8)}  ${plain(check.label)}${check.detail ? ` (${plain(check.detail)})` : ''}`;
  const more = [check.cause, check.fix].filter((text): text is string => Boolean(text));
  const suggestion = check.suggest ? [`Suggested ${check.suggest.field}: ${check.suggest.value}`] : [];
  return [head, ...[...more, ...suggestion].map((text) => `          ${plain(text)}`)];
}

/** For `Engine.test`: says each check on standard error as soon as it has its outcome. */
export function announceChecks(): (checks: readonly CheckView[]) => void {
  const said = new Set<string>();
  return (checks) => {
    for (const check of checks) {
      if (check.status === 'pending' || check.status === 'running' || said.has(check.id)) continue;
      said.add(check.id);
      note(checkLines(check).join('\n'));
    }
  };
}

/** Text in the program that the operator reads long texts with. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Runs `PAGER`, or `less`, on lines of text; the terminal has to be free. Resolves when it is closed.
 * @throws {PagerFailed} when it cannot be run
 */
export async function showInPager(
  lines: Iterable<string>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const command = env.PAGER || 'less';
  const listenAgain = deafTo(['SIGINT', 'SIGQUIT']);
  try {
    await run(command, lines);
  } finally {
    listenAgain();
  }
}

async function run(command: string, lines: Iterable<string>): Promise<void> {
  // As a shell reads it: `less -S` is a program and what it is given.
  const child = spawn('/bin/sh', ['-c', command], { stdio: ['pipe', 'inherit', 'inherit'] });
  const ended = once(child, 'exit') as Promise<[code: number | null]>;
  function* text() {
    for (const line of lines) yield `${line}\n`;
  }
  // It may be closed before it has read everything.
  await pipeline(Readable.from(text()), child.stdin).catch(() => {});
  const [code] = await ended;
  if (code === 126 || code === 127) throw new PagerFailed(command);
}

/** Ctrl-C and Ctrl-\ are for the pager, and reach every process at the terminal. Returns what ends the deafness. */
function deafTo(signals: readonly NodeJS.Signals[]): () => void {
  const ignore = () => {};
  const heard = signals.map((signal) => [signal, process.listeners(signal)] as const);
  for (const [signal] of heard) process.removeAllListeners(signal).on(signal, ignore);
  return () => {
    for (const [signal, listeners] of heard) {
      process.off(signal, ignore);
      for (const listener of listeners) process.on(signal, listener);
    }
  };
}

/** Its message says what to do. */
export class PagerFailed extends Error {
  constructor(command: string) {
    super(`The pager "${command}" cannot be run. Set PAGER to a program that is here, or export the list with X.`);
    this.name = 'PagerFailed';
  }
}

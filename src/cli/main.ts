/** The command line: what was typed becomes one verb's run, its errors become words and an exit code. */
import { type VerbName, verbOf } from '../commands/cli.ts';
import type { Context, Run } from './context.ts';
import { type ExitCode, exitCodes, explain } from './exit.ts';
import { generalHelp, verbHelp } from './help.ts';
import { listenForInterrupts } from './interrupts.ts';
import { engineOpener } from './open.ts';
import { endWhenReaderLeaves, note, print, printJson } from './output.ts';
import { type Invocation, parse } from './parse.ts';
import { version } from './version.ts';

/** Loaded when wanted: most verbs need little of the program, and should start as quickly. */
const runs: Readonly<Record<VerbName, () => Promise<Run>>> = {
  status: async () => (await import('./verbs/status.ts')).run,
  connect: async () => (await import('./verbs/connect.ts')).run,
  test: async () => (await import('./verbs/test.ts')).run,
  sync: async () => (await import('./verbs/sync.ts')).run,
  enable: async () => (await import('./verbs/change.ts')).enable,
  disable: async () => (await import('./verbs/change.ts')).disable,
  disconnect: async () => (await import('./verbs/change.ts')).disconnect,
  records: async () => (await import('./verbs/records.ts')).run,
  logs: async () => (await import('./verbs/logs.ts')).run,
  guide: async () => (await import('./verbs/guide.ts')).run,
  info: async () => (await import('./verbs/info.ts')).run,
  simulate: async () => (await import('./verbs/simulate.ts')).run,
  help: async () => (await import('./verbs/help.ts')).run,
  demo: async () => (await import('./verbs/demo.ts')).run,
};
const openConsole = async () => (await import('./verbs/console.ts')).run;

/** Runs one command and ends the process with its exit code. */
export async function main(argv: readonly string[]): Promise<never> {
  endWhenReaderLeaves();
  const code = await runCommand(argv);
  // Not left to an empty event loop: a kept-alive connection must not hold the prompt back. Both streams are flushed first.
  await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))));
  process.exit(code);
}

async function runCommand(argv: readonly string[]): Promise<number> {
  let json = argv.includes('--json');
  try {
    const invocation = parse(argv);
    json = invocation.json;
    if (invocation.version) {
      print(version);
      return exitCodes.done;
    }
    if (invocation.help) {
      process.stdout.write(invocation.verb ? verbHelp(verbOf(invocation.verb)) : generalHelp());
      return exitCodes.done;
    }
    return await runVerb(invocation);
  } catch (error) {
    return report(error, json);
  }
}

async function runVerb(invocation: Invocation): Promise<number> {
  const interrupts = listenForInterrupts();
  const engines = engineOpener(invocation);
  const context: Context = { open: engines.open, signal: interrupts.signal };
  try {
    const run = await (invocation.verb === null ? openConsole() : runs[invocation.verb]());
    const code = await run(invocation, context);
    const untilStopped = invocation.verb !== null && verbOf(invocation.verb).untilStopped;
    return untilStopped ? code : (interrupts.exitCode() ?? code);
  } catch (error) {
    const interrupted = interrupts.exitCode();
    if (interrupted === undefined) throw error;
    return interrupted;
  } finally {
    await engines.close();
  }
}

/** Plain words on standard error, and with `--json` one object on standard output. */
function report(error: unknown, json: boolean): ExitCode {
  const { code, failure } = explain(error);
  note([failure.cause, failure.fix].filter(Boolean).join('\n'));
  if (json) printJson({ error: failure });
  return code;
}

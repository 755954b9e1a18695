/** The command line: what was typed becomes one verb's run, its errors become words and an exit code. */
import { type VerbName, verbOf } from '../commands/cli.ts';
import type { Context, Run } from './context.ts';
import { type ExitCode, exitCodes, explain } from './exit.ts';
import { generalHelp, verbHelp } from './help.ts';
import { listenForInterrupts } from './interrupts.ts';
import { engineOpener } from './open.ts';
import { endWhenReaderLeaves, note, print, printJson } from './output.ts';
import { type Invocation, parse } from './parse.ts';
import { run as bundle } from './verbs/bundle.ts';
import { disable, disconnect, enable } from './verbs/change.ts';
import { run as configure } from './verbs/configure.ts';
import { run as connect } from './verbs/connect.ts';
import { run as openConsole } from './verbs/console.ts';
import { run as demo } from './verbs/demo.ts';
import { run as doctor } from './verbs/doctor.ts';
import { run as duplicates } from './verbs/duplicates.ts';
import { run as guide } from './verbs/guide.ts';
import { run as health } from './verbs/health.ts';
import { run as help } from './verbs/help.ts';
import { run as info } from './verbs/info.ts';
import { run as logs } from './verbs/logs.ts';
import { run as queue } from './verbs/queue.ts';
import { run as simulate } from './verbs/simulate.ts';
import { run as status } from './verbs/status.ts';
import { run as sync } from './verbs/sync.ts';
import { run as test } from './verbs/test.ts';
import { version } from './version.ts';

/**
 * All of them are small. What is large is loaded by the verb that needs it: the engine, the screen, connectors and
 * simulators. A file per verb would cost every start more than their code does; only those that need more, or are rare, are apart.
 */
const runs: Readonly<Record<VerbName, Run>> = {
  status,
  connect,
  configure,
  test,
  sync,
  queue,
  enable,
  disable,
  disconnect,
  records: async (invocation, context) => (await import('./verbs/records.ts')).run(invocation, context),
  tickets: async (invocation, context) => (await import('./verbs/edit.ts')).tickets(invocation, context),
  users: async (invocation, context) => (await import('./verbs/edit.ts')).users(invocation, context),
  // With the schemas, and so zod, as `explain` below.
  outbox: async (invocation, context) => (await import('./verbs/outbox.ts')).outbox(invocation, context),
  conflicts: async (invocation, context) => (await import('./verbs/outbox.ts')).conflicts(invocation, context),
  issues: async (invocation, context) => (await import('./verbs/issues.ts')).issues(invocation, context),
  matches: async (invocation, context) => (await import('./verbs/linking.ts')).matches(invocation, context),
  links: async (invocation, context) => (await import('./verbs/linking.ts')).links(invocation, context),
  link: async (invocation, context) => (await import('./verbs/linking.ts')).link(invocation, context),
  unlink: async (invocation, context) => (await import('./verbs/linking.ts')).unlink(invocation, context),
  merge: async (invocation, context) => (await import('./verbs/linking.ts')).merge(invocation, context),
  logs,
  doctor,
  explain: async (invocation, context) => (await import('./verbs/explain.ts')).run(invocation, context),
  duplicates,
  health,
  bundle,
  serve: async (invocation, context) => (await import('./verbs/serve.ts')).run(invocation, context),
  guide,
  info,
  simulate,
  completion: async (invocation, context) => (await import('./verbs/completion.ts')).run(invocation, context),
  man: async (invocation, context) => (await import('./verbs/man.ts')).run(invocation, context),
  help,
  demo,
};

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
  const reloads = invocation.verb !== null && verbOf(invocation.verb).reloads === true;
  const interrupts = listenForInterrupts(reloads ? ['SIGINT', 'SIGTERM'] : undefined);
  const engines = engineOpener(invocation);
  const context: Context = { ...engines, signal: interrupts.signal };
  try {
    const run = invocation.verb === null ? openConsole : runs[invocation.verb];
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

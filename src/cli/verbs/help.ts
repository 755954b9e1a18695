import { isVerb, verbNames, verbOf } from '../../commands/cli.ts';
import type { Run } from '../context.ts';
import { exitCodes, UsageError } from '../exit.ts';
import { generalHelp, verbHelp } from '../help.ts';
import { didYouMean } from '../parse.ts';

export const run: Run = async ({ args: [name] }) => {
  if (name !== undefined && !isVerb(name)) {
    throw new UsageError(`There is no command "${name}".${didYouMean(name, verbNames)} All commands: msportal --help`);
  }
  process.stdout.write(name === undefined ? generalHelp() : verbHelp(verbOf(name)));
  return exitCodes.done;
};

import type { Run } from '../context.ts';
import { exitCodes } from '../exit.ts';
import { availableIntegration } from '../integration.ts';
import { print, printJson } from '../output.ts';

export const run: Run = async ({ args: [id = ''], json }) => {
  const { guide } = await availableIntegration(id).load();
  if (json) printJson({ id, guide });
  else print(guide.trimEnd());
  return exitCodes.done;
};

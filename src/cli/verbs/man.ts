import type { Run } from '../context.ts';
import { exitCodes } from '../exit.ts';
import { manPage } from '../man.ts';
import { print } from '../output.ts';
import { version } from '../version.ts';

export const run: Run = async () => {
  print(manPage(version));
  return exitCodes.done;
};

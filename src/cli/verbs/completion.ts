import { catalogue } from '../../../connectors/index.ts';
import { recordTypeNames } from '../../portal/records/names.ts';
import { completion, shells } from '../completion.ts';
import type { Run } from '../context.ts';
import { exitCodes, UsageError } from '../exit.ts';
import { print } from '../output.ts';

export const run: Run = async ({ args: [name = ''] }) => {
  const shell = shells.find((each) => each === name);
  if (shell === undefined)
    throw new UsageError(`There is completion for ${shells.join(', ')}; "${name}" is none of them.`);
  print(completion(shell, { integrations: catalogue.map(({ id }) => id), recordTypes: recordTypeNames }));
  return exitCodes.done;
};

import type { Run } from '../context.ts';
import { exitCodes } from '../exit.ts';
import { viewOf } from '../integration.ts';
import { printStatus } from '../status.ts';

export const run: Run = async ({ args: [id], json }, { open }) => {
  const engine = await open('look');
  printStatus(id === undefined ? engine.getSnapshot().integrations : [viewOf(engine, id)], { json });
  return exitCodes.done;
};

/** `enable`, `disable` and `disconnect`: one call of the engine each, then the status. */
import type { Run } from '../context.ts';
import { exitCodes } from '../exit.ts';
import { connectedView } from '../integration.ts';
import { printStatus } from '../status.ts';

const change =
  (what: 'enable' | 'disable' | 'disconnect'): Run =>
  async ({ args: [id = ''], json }, { open }) => {
    const engine = await open('own');
    connectedView(engine, id);
    printStatus([await engine[what](id)], { json });
    return exitCodes.done;
  };

export const enable = change('enable');
export const disable = change('disable');
export const disconnect = change('disconnect');

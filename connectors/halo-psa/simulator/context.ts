/** What every path of the simulator works with: the instance, who may see what, and how rows are shown. */
import { Refusal, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import type { Faults } from '../../../src/simulator/faults.ts';
import type { Instance } from './instance.ts';
import type { Presentation } from './rows.ts';
import { allows, type SignIn } from './sign-in.ts';

export interface HaloContext {
  readonly instance: Instance;
  readonly signIn: SignIn;
  readonly faults: Faults;
}

export const view = ({ instance, faults }: HaloContext): Presentation => ({
  instance,
  hostile: faults.isOn('hostile-text'),
  renamedUpdate: faults.isOn('renamed-update-field'),
});

/** 403 with an empty body when the token has none of these permissions, or the fault `deniedBy` takes the right away. */
export function permit(
  context: HaloContext,
  request: SimulatorRequest,
  needed: readonly string[],
  deniedBy?: string,
): void {
  const granted = context.signIn.scopesOf(request) ?? [];
  const denied = deniedBy !== undefined && context.faults.isOn(deniedBy);
  if (denied || (needed.length > 0 && !allows(granted, needed))) {
    throw new Refusal({ status: 403 });
  }
}

/** The row that the path names. @throws Refusal 404 */
export function one<Row>(rows: ReadonlyMap<number, Row>, request: SimulatorRequest): Row {
  return found(rows.get(Number(request.params.id)));
}

export function found<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Refusal({ status: 404, body: { Message: 'Not found' } });
  return row;
}

/** Common to all lists: what the agent cannot see, a filter that this version does not know, rows that come twice. */
export const listing = ({ faults }: HaloContext) => ({
  visible: !faults.isOn('no-visibility'),
  filterIgnored: faults.isOn('filter-ignored'),
  repeatsRows: faults.isOn('repeats-rows'),
});

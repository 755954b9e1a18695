/** Looks at the whole installation, group by group. Changes nothing; a group that fails is a finding and stops no other. */
import { lookAtFiles } from './files.ts';
import { type Finding, type FindingGroup, findings, type House, type Look } from './finding.ts';
import { lookAtLog } from './log.ts';
import { lookAtNetwork } from './network.ts';
import { lookAtProcess } from './process.ts';
import { lookAtProgram } from './program.ts';
import { lookAtRecords } from './records.ts';
import { lookAtState, readSettings } from './state.ts';
import { lookAtStore } from './store.ts';
import { lookAtSyncs } from './syncs.ts';

const looks: readonly (readonly [FindingGroup, string, Look])[] = [
  ['program', 'Program', lookAtProgram],
  ['files', 'Files', lookAtFiles],
  ['state', 'State', lookAtState],
  ['store', 'Portal store', lookAtStore],
  ['process', 'Process', lookAtProcess],
  ['network', 'Network', lookAtNetwork],
  ['sync', 'Syncs', lookAtSyncs],
  ['records', 'Records', lookAtRecords],
  ['log', 'Log', lookAtLog],
];

/** @param onFindings called after each group with everything found so far */
export async function diagnose(
  house: House,
  onFindings?: (found: readonly Finding[]) => void,
): Promise<readonly Finding[]> {
  const settings = await readSettings(house);
  const found: Finding[] = [];
  for (const [group, title, look] of looks) {
    house.signal.throwIfAborted();
    try {
      found.push(...(await look(house, settings)));
    } catch (error) {
      house.signal.throwIfAborted();
      const cause = `It could not be looked at: ${error instanceof Error ? error.message : String(error)}`;
      found.push(
        findings(group).failed(group, title, { cause, fix: 'Mend what failed above first, then look again.' }),
      );
    }
    onFindings?.([...found]);
  }
  return found;
}

/** What stands against records: sync issues by reason, and records that are likely twice. */
import { isLeftOut, reasons, todoOf } from '../../portal/issue-reasons.ts';
import type { PortalReader } from '../../portal/portal.ts';
import { definitionOf } from '../../portal/records/index.ts';
import { openPortalReader } from '../../portal/store/reader.ts';
import { count, counted } from '../../text/format.ts';
import { type DuplicateType, duplicateTypes } from '../duplicates/duplicate.ts';
import { findDuplicates } from '../duplicates/find.ts';
import { type Finding, findings, type House, type Look } from './finding.ts';

const { ok, warning, untested } = findings('records');
/** The finder reads every record of a type: beside a screen only up to so many. */
const quick = 20_000;

export const lookAtRecords: Look = async (house) => {
  const reader = openPortalReader({ file: house.paths.database });
  try {
    const found = lookAtIssues(reader);
    for (const type of duplicateTypes) found.push(await lookForDuplicates(house, reader, type));
    return found;
  } finally {
    reader.close();
  }
};

function lookAtIssues(reader: PortalReader): Finding[] {
  const sums = reader.issueSums();
  if (sums.length === 0) return [ok('issues', 'Sync issues', 'none')];
  return sums.map(({ integration, reason, count: n }) => {
    const { label } = reasons[reason];
    const title = `Sync issues of ${integration}`;
    const id = `issues:${integration}:${reason}`;
    // What the operator did not choose is left out on purpose.
    if (isLeftOut(reason)) return ok(id, title, `${counted(n, 'record')} not selected`);
    const what = { cause: `${counted(n, 'record')}: ${label}.`, fix: todoOf({ reason, type: null }) };
    return warning(id, title, { ...what, command: `msportal issues --integration ${integration} --reason ${reason}` });
  });
}

async function lookForDuplicates(house: House, reader: PortalReader, type: DuplicateType): Promise<Finding> {
  const { label } = definitionOf(type);
  const id = `duplicates:${type}`;
  const title = `${label} twice`;
  const command = `msportal duplicates ${type}`;
  const total = reader.counts()[type] ?? 0;
  if (!house.thorough && total > quick) {
    const cause = `${count(total)} are too many to compare beside the screen.`;
    return untested(id, title, { cause, fix: 'Look from the command line.', command });
  }
  const { groups } = await findDuplicates(reader, type, { signal: house.signal });
  const likely = groups.filter(({ confidence }) => confidence >= 0.8).length;
  if (likely === 0) return ok(id, title, groups.length === 0 ? 'none' : `${groups.length} unlikely ones`);
  return warning(id, title, {
    cause: `${counted(likely, 'group')} of ${label.toLowerCase()} are likely the same.`,
    fix: 'Look at them and merge what is one: msportal merge KEEP DROP.',
    command,
  });
}

import type { Run } from '../context.ts';
import type { ExitCode } from '../exit.ts';
import { type HealthReport, healthCodes, healthLine, healthOf } from '../health.ts';
import { integrationOf } from '../integration.ts';
import { plain, print, printJson } from '../output.ts';

/** Whatever goes wrong is UNKNOWN, in the one line that a monitoring system reads. */
export const run: Run = async ({ args: [id], json }, { open }) => {
  let report: HealthReport;
  try {
    if (id !== undefined) integrationOf(id);
    const engine = await open('look');
    report = healthOf(engine.getSnapshot(), Date.now(), id);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    report = { status: 'UNKNOWN', text, integrations: [], perfdata: [] };
  }
  if (json) printJson({ ...report, code: healthCodes[report.status] });
  else print(plain(healthLine(report)));
  return healthCodes[report.status] as ExitCode;
};

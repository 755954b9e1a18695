/** The connection test of a learning record store. */
import type { CheckOutcome, CheckStep } from '../../../src/connector/contract.ts';
import { NotFound, Rejected } from '../../../src/connector/errors.ts';
import { wrongBasePath } from '../failures.ts';
import type { RecordStore } from './api.ts';
import { attemptOf } from './statements.ts';

const versionsWeSpeak = ['1.0.3', '2.0.0'];

export function lrsChecks(store: RecordStore): CheckStep[] {
  let versions: readonly string[] | null = null;
  return [
    {
      id: 'about',
      label: 'Endpoint is a record store',
      async run(signal) {
        try {
          versions = await store.versions(signal);
        } catch (error) {
          if (!(error instanceof NotFound)) throw error;
          return {
            status: 'untested',
            cause: 'Nothing is at /about, where every record store names the versions it takes.',
            fix: 'Nothing to do if the statements can be read. If not, the endpoint is wrong.',
          };
        }
        return { status: 'passed', detail: `Takes version ${versions.join(', ')}` };
      },
    },
    {
      id: 'statements',
      label: 'Read statements',
      hard: true,
      run: (signal) => statements(store, versions, signal),
    },
  ];
}

async function statements(
  store: RecordStore,
  versions: readonly string[] | null,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  try {
    const { statements, consistentThrough } = await store.newest(signal);
    const [newest] = statements;
    if (newest === undefined) {
      return {
        status: 'untested',
        cause: 'The store has no statement yet that this key may read.',
        fix: 'Take one lesson of a course that reports to this store, and test again.',
      };
    }
    const about = attemptOf(newest);
    const through = consistentThrough === null ? '' : `, complete to ${consistentThrough}`;
    const course = about === null ? 'not about a course' : `about ${about.course}`;
    return { status: 'passed', detail: `The newest is of ${newest.stored}, ${course}${through}` };
  } catch (error) {
    if (error instanceof NotFound) throw wrongBasePath();
    const other = versionsWeSpeak.find((version) => versions?.includes(version));
    if (!(error instanceof Rejected) || other === undefined) throw error;
    return {
      status: 'failed',
      cause: error.reason,
      fix: `The store takes ${versions?.join(', ')}; use version ${other}.`,
      suggest: { field: 'xapiVersion', value: other },
    };
  }
}

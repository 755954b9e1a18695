/**
 * The places where training records of Bigger Brains' courses can be: CSV exports in a temporary folder, and on loopback an xAPI
 * record store, a SCORM Cloud application and the experimental REST endpoint. All show the same invented training. Learners
 * match the contacts that a PSA's simulator of the same seed and scale has.
 */
import { defineSimulator } from '../../src/simulator/define.ts';
import type { SimulatorRequest } from '../../src/simulator/exchange.ts';
import { controlled } from './simulator/expected.ts';
import { ExportFiles } from './simulator/export-files.ts';
import { biggerBrainsFaults, FileFaults, faultsOf, type Mode, wording } from './simulator/faults.ts';
import { RecordStore } from './simulator/lrs.ts';
import { restRoutes } from './simulator/rest.ts';
import { scormCloudRoutes } from './simulator/scorm-cloud.ts';
import { Training } from './simulator/training.ts';

const modes: readonly Mode[] = ['csv', 'xapi', 'scormcloud', 'api'];

/** All invented. */
const keys = {
  lrsKey: 'fake-lrs-key-0001',
  lrsSecret: 'fake-lrs-secret-0001',
  appId: 'FAKEAPPID0',
  secretKey: 'fake-scorm-secret-0001',
  apiKey: 'fake-rest-key-0001',
} as const;

export default defineSimulator({
  id: 'bigger-brains',
  // None of the services publishes a figure.
  limit: { requests: 3000, seconds: 60 },
  faults: biggerBrainsFaults('csv'),
  variants: Object.fromEntries(modes.map((mode) => [mode, { faults: faultsOf(mode) }])),
  build(world, clock, options) {
    const mode = modeOf(options.variant);
    const training = new Training(world, clock);
    const faults: FileFaults = new FileFaults(biggerBrainsFaults(mode), () => files.write());
    const files = new ExportFiles(training, () => faults.active);
    training.watch(() => files.write());
    return {
      routes: [
        ...new RecordStore(training, faults).routes(),
        ...scormCloudRoutes(training, faults),
        ...restRoutes(training, faults),
      ],
      headers: ['x-experience-api-version'],
      wording: {
        ...wording(mode),
        notFound: () => ({ status: 404, body: { message: 'Nothing is at this address' } }),
        undocumented: (lines) => ({ status: 400, body: { message: `Not documented: ${lines.join('; ')}` } }),
      },
      authorise: (request) => (isAuthorised(request) ? undefined : wording(mode).unauthorised('read')),
      faults,
      controlled: controlled(training, mode),
      credentials: (url) => credentialsOf(mode, url, files),
      release: () => files.remove(),
    };
  },
});

function modeOf(variant: string | undefined): Mode {
  const mode = modes.find((each) => each === (variant ?? 'csv'));
  if (mode === undefined) throw new RangeError(`There is no source "${variant}". Known: ${modes.join(', ')}.`);
  return mode;
}

function credentialsOf(mode: Mode, url: string, files: ExportFiles): Readonly<Record<string, string>> {
  const { lrsKey, lrsSecret, appId, secretKey, apiKey } = keys;
  switch (mode) {
    case 'csv':
      return { mode, ...files.credentials };
    case 'xapi':
      return { mode, endpoint: `${url}/xapi`, lrsKey, lrsSecret };
    case 'scormcloud':
      return { mode, appId, secretKey, scormHost: `${url}/api/v2` };
    case 'api':
      return { mode, baseUrl: `${url}/partner/api/v1`, apiKey };
  }
}

function isAuthorised({ path, headers }: SimulatorRequest): boolean {
  const basic = (name: string, password: string) => `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
  const given = headers.authorization;
  if (path.startsWith('/xapi/'))
    return given === basic(keys.lrsKey, keys.lrsSecret) || given === `Bearer ${keys.lrsSecret}`;
  if (path.startsWith('/api/v2/')) return given === basic(keys.appId, keys.secretKey);
  return given === `Bearer ${keys.apiKey}` || headers['x-api-key'] === keys.apiKey;
}

/** The connection test: each step proves one thing by itself, at the cost of one small request. */
import type { CheckOutcome, CheckStep, ConnectorEnvironment } from '../../src/connector/contract.ts';
import { NotFound, UntrustedHost } from '../../src/connector/errors.ts';
import type { Http } from '../../src/connector/http.ts';
import type { RecordType } from '../../src/portal/records/index.ts';
import { trustedOrigin } from './address.ts';
import type { NinjaApi } from './api.ts';
import { noMonitoring } from './failures.ts';
import { scope } from './sign-in.ts';

export function checks(
  { credentials }: ConnectorEnvironment,
  http: Http,
  api: NinjaApi,
  types: readonly RecordType[],
): CheckStep[] {
  const steps: CheckStep[] = [
    { id: 'address', label: 'Address is NinjaOne', hard: true, run: async () => address(credentials) },
    { id: 'sign-in', label: 'Sign-in with Client ID and Secret', hard: true, run: () => signIn(http) },
    { id: 'scope', label: 'Monitoring scope granted', run: () => granted(http) },
    {
      id: 'companies',
      label: 'Read organizations',
      hard: true,
      run: async (signal) => first(await api.rows('organizations', { pageSize: 1 }, signal), 'organizations'),
    },
  ];
  if (types.includes('locations')) {
    steps.push({
      id: 'locations',
      label: 'Read locations',
      run: optional('locations', async (signal) =>
        first(await api.rows('locations', { pageSize: 1 }, signal), 'locations'),
      ),
    });
  }
  if (types.includes('devices')) {
    steps.push(
      {
        id: 'devices',
        label: 'Read devices',
        run: async (signal) => first(await api.rows('devices', { pageSize: 1 }, signal), 'devices'),
      },
      report(api, 'health', 'Read device health and patches', 'queries/device-health'),
      report(api, 'antivirus', 'Read antivirus status', 'queries/antivirus-status'),
      {
        id: 'activities',
        label: 'Read activities',
        run: optional('activities', async (signal) => {
          await api.activities({ pageSize: 10 }, signal);
          return { status: 'passed' };
        }),
      },
    );
  }
  if (types.includes('alerts')) {
    steps.push({
      id: 'alerts',
      label: 'Read alerts',
      run: optional('alerts', async (signal) => {
        const { length } = await api.alerts(signal);
        return { status: 'passed', detail: `${length} in force` };
      }),
    });
  }
  return steps;
}

function address(credentials: ConnectorEnvironment['credentials']): CheckOutcome {
  try {
    return { status: 'passed', detail: trustedOrigin(credentials) };
  } catch (error) {
    if (!(error instanceof UntrustedHost)) throw error;
    const suggest = { field: 'brandedHost', value: error.host };
    return { status: 'failed', cause: error.reason, fix: error.fix, suggest };
  }
}

async function signIn(http: Http): Promise<CheckOutcome> {
  // A scope that was ticked a moment ago is in a new token only.
  http.renewToken();
  const { about = {} } = await http.token();
  return { status: 'passed', ...(about.host === undefined ? {} : { detail: `Signed in at ${about.host}` }) };
}

async function granted(http: Http): Promise<CheckOutcome> {
  const scopes = (await http.token()).about?.scope;
  if (scopes === undefined) {
    return { status: 'untested', cause: 'NinjaOne did not tell the scopes granted.', fix: 'Nothing to do.' };
  }
  if (scopes.split(/\s+/).includes(scope)) return { status: 'passed', detail: scopes };
  const { reason, fix } = noMonitoring();
  return { status: 'failed', cause: reason, fix, detail: scopes };
}

function first(rows: readonly unknown[], what: string): CheckOutcome {
  return { status: 'passed', ...(rows.length > 0 ? {} : { detail: `There are no ${what} yet` }) };
}

function report(api: NinjaApi, id: string, label: string, path: string): CheckStep {
  return {
    id,
    label,
    run: optional(path, async (signal) => {
      await api.tryReport(path, signal);
      return { status: 'passed' };
    }),
  };
}

/** Government and older instances lack some paths; the rest is read without them. */
function optional(what: string, run: CheckStep['run']): CheckStep['run'] {
  return async (signal) => {
    try {
      return await run(signal);
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      return {
        status: 'untested',
        cause: `This NinjaOne instance has no ${what}, as government and older ones.`,
        fix: 'Nothing to do; what else there is is read without it.',
      };
    }
  };
}

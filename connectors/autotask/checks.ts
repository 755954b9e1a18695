/** The connection test: the cheapest sequence that proves each thing by itself, one call after another. */
import type { CheckOutcome, CheckStep, ConnectorEnvironment } from '../../src/connector/contract.ts';
import { UntrustedHost } from '../../src/connector/errors.ts';
import type { RecordType } from '../../src/portal/records/index.ts';
import type { AutotaskApi, EntityInfo } from './api.ts';
import { hourUsedUp, rightFor } from './failures.ts';
import { mustPause, type Usage, usageInWords } from './quota.ts';
import { entityOf, isRead } from './reading.ts';
import { discoverZone, keepZone, sameOrigin, wrongZone } from './zone.ts';

export function checks(environment: ConnectorEnvironment, api: AutotaskApi, types: readonly RecordType[]): CheckStep[] {
  let usage: Usage | null = null;
  return [
    {
      id: 'zone',
      label: 'API username and its zone',
      hard: true,
      run: (signal) => zone(environment, signal),
    },
    {
      id: 'sign-in',
      label: 'Secret and tracking identifier',
      hard: true,
      run: async (signal) => {
        usage = await api.usage(signal);
        return { status: 'passed' };
      },
    },
    { id: 'allowance', label: 'Hourly allowance', hard: true, run: async () => allowance(usage) },
    ...types.map((type) => ({
      id: type,
      label: `Read ${type}`,
      run: (signal: AbortSignal) => readable(api, type, signal),
    })),
    ...(types.includes('tickets')
      ? [
          { id: 'lookups', label: 'Read statuses and queues', run: (signal: AbortSignal) => lookups(api, signal) },
          {
            id: 'write-tickets',
            label: 'Write tickets',
            run: (signal: AbortSignal) => writable(api, 'tickets', signal),
          },
        ]
      : []),
    ...(types.includes('users') && environment.options.writeTechnicians === true
      ? [
          {
            id: 'write-users',
            label: 'Write technicians',
            run: (signal: AbortSignal) => writable(api, 'users', signal),
          },
        ]
      : []),
  ];
}

/** Proves the username only: any known one gets an answer, whatever the secret. */
async function zone(environment: ConnectorEnvironment, signal: AbortSignal): Promise<CheckOutcome> {
  const given = environment.credentials.zoneUrl;
  try {
    const found = await discoverZone(environment, signal);
    if (given !== undefined && !sameOrigin(given, found.url)) {
      const { reason, fix } = wrongZone(given, found);
      return { status: 'failed', cause: reason, fix, suggest: { field: 'zoneUrl', value: found.url } };
    }
    keepZone(environment, found);
    return { status: 'passed', detail: `Zone ${found.name}, ${new URL(found.url).host}` };
  } catch (error) {
    if (!(error instanceof UntrustedHost)) throw error;
    const { reason: cause, fix, host } = error;
    return { status: 'failed', cause, fix, suggest: { field: 'zoneUrl', value: host } };
  }
}

function allowance(usage: Usage | null): CheckOutcome {
  if (usage === null) return { status: 'untested', cause: 'Autotask did not tell it.', fix: 'Nothing to do.' };
  const detail = usageInWords(usage);
  if (!mustPause(usage)) return { status: 'passed', detail };
  return { status: 'failed', cause: `${hourUsedUp.reason} ${detail}.`, fix: hourUsedUp.fix };
}

async function readable(api: AutotaskApi, type: RecordType, signal: AbortSignal): Promise<CheckOutcome> {
  if (!isRead(type)) return { status: 'untested', cause: `Autotask has no ${type}.`, fix: 'Leave them out.' };
  const entity = entityOf[type];
  const count = await api.count(entity, signal);
  if (count > 0) return { status: 'passed', detail: `${count} ${type}` };
  // Every tenant has itself as a company, and a technician; having no tickets or contacts yet is possible.
  const always = type === 'companies' || type === 'users';
  const { what, right } = rightFor(`/${entity}`);
  return {
    status: always ? 'failed' : 'untested',
    cause: `0 ${what} are visible${always ? '' : ': the right may be missing, or there are none'}. Autotask shows an empty list, not an error, when a right is missing.`,
    fix: `Give the API user's security level ${right}.`,
  };
}

async function lookups(api: AutotaskApi, signal: AbortSignal): Promise<CheckOutcome> {
  const picklists = await api.picklists(entityOf.tickets, signal);
  const [statuses, queues] = [picklists.values('status').length, picklists.values('queueID').length];
  if (statuses > 0) return { status: 'passed', detail: `${statuses} statuses, ${queues} queues` };
  return {
    status: 'failed',
    cause: 'Autotask tells no statuses, so every ticket would be held back for want of a name.',
    fix: `Give the API user's security level ${rightFor('/Tickets').right}.`,
  };
}

/** Cannot be tried without changing something, so it is inferred from what Autotask says of the entity, and said to be. */
async function writable(api: AutotaskApi, type: 'tickets' | 'users', signal: AbortSignal): Promise<CheckOutcome> {
  const entity = entityOf[type];
  const { what } = rightFor(`/${entity}`);
  const info = await api.info(entity, signal);
  const may = type === 'tickets' ? info.canCreate !== false && info.canUpdate !== false : info.canUpdate !== false;
  const none = ['userAccessForUpdate', ...(type === 'tickets' ? ['userAccessForCreate'] : [])].some((name) =>
    isNone(info, name),
  );
  if (may && !none) {
    return {
      status: 'untested',
      cause: `Not tried, because it would change ${what}. Autotask names nothing that speaks against it.`,
      fix: 'Nothing to do.',
    };
  }
  return {
    status: 'untested',
    cause: `Not tried. By what Autotask tells, the API user may not edit ${what}${may ? '' : ', or the module they belong to is inactive'}; they can only be read.`,
    fix:
      type === 'tickets'
        ? 'To write tickets: Service Desk add and edit tickets in its security level, and an active Service Desk module.'
        : 'To write technicians: admin access to Resources/Users (HR) in its security level, or switch off Change technicians.',
  };
}

/** How these rights are written is not known for certain: 0 and "None" say none, anything else does not tell. */
function isNone(info: EntityInfo, name: string): boolean {
  const value = info[name];
  return value === 0 || (typeof value === 'string' && /^(0|none)$/i.test(value));
}

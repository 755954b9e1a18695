/** The connection test: the cheapest sequence that proves each thing by itself. */
import { z } from 'zod';
import type { CheckOutcome, CheckStep, ConnectorEnvironment } from '../../src/connector/contract.ts';
import { Forbidden, Malformed, NotFound, UntrustedHost } from '../../src/connector/errors.ts';
import { psaSelection } from '../../src/connector/psa/selection.ts';
import type { RecordType } from '../../src/portal/records/index.ts';
import type { ConnectWiseApi } from './api.ts';
import { otherApiHost } from './company-info.ts';
import { type DateForm, dateLiteral } from './dates.ts';
import { keysRefused, permissionFor, writePermissionFor } from './failures.ts';
import { boards, inactiveStatuses, statusesOf } from './lookups.ts';
import { grouping } from './mapping.ts';

const paths: Readonly<Partial<Record<RecordType, string>>> = {
  companies: 'company/companies',
  contacts: 'company/contacts',
  users: 'system/members',
  tickets: 'service/tickets',
};
const oneRow = { pageSize: 1, fields: 'id' };
/** Boards whose statuses are tried when none are chosen. */
const mostBoards = 10;

export function checks(
  environment: ConnectorEnvironment,
  api: ConnectWiseApi,
  types: readonly RecordType[],
): CheckStep[] {
  const dated = paths[types.includes('tickets') ? 'tickets' : (types[0] ?? 'tickets')];
  return [
    { id: 'host', label: 'Site and company', hard: true, run: (signal) => host(environment, api, signal) },
    { id: 'keys', label: 'API keys and Client ID', hard: true, run: (signal) => keys(api, signal) },
    { id: 'instance', label: 'Version', run: (signal) => version(api, signal) },
    ...types.map((type) => ({
      id: type,
      label: `Read ${type}`,
      run: (signal: AbortSignal) => readable(api, type, signal),
    })),
    ...(dated === undefined
      ? []
      : [
          {
            id: 'dates',
            label: 'Find what changed',
            run: (signal: AbortSignal) => dates(environment, api, dated, signal),
          },
        ]),
    ...(types.includes('tickets')
      ? [
          {
            id: 'boards',
            label: 'Read boards and statuses',
            run: (signal: AbortSignal) => readableBoards(environment, api, signal),
          },
          { id: 'write-tickets', label: 'Write tickets', run: () => Promise.resolve(notTried('tickets')) },
        ]
      : []),
    ...(types.includes('users') && environment.options.writeTechnicians === true
      ? [{ id: 'write-users', label: 'Write users', run: () => Promise.resolve(notTried('users')) }]
      : []),
  ];
}

/** The keys do not tell what their role may do, and trying would change something. */
function notTried(type: 'tickets' | 'users'): CheckOutcome {
  const { what, level } = writePermissionFor(`/${paths[type]}`);
  return {
    status: 'untested',
    cause: `Not tried, because it would change ${what}: rights to write show at the first write.`,
    fix: `Nothing to do to read. To write: ${level}.`,
  };
}

async function host(
  { credentials }: ConnectorEnvironment,
  api: ConnectWiseApi,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  try {
    const info = await api.companyInfo(signal);
    const other = otherApiHost(info, credentials.site ?? '');
    const place = info.isCloud ? 'cloud' : 'on-premises';
    if (other === null)
      return { status: 'passed', detail: [info.name, info.version, place].filter(Boolean).join(', ') };
    return {
      status: 'untested',
      cause: `ConnectWise names ${other} as the API of this company; the host of the site you gave is used.`,
      fix: `Nothing to do if the next check passes. If not, enter ${other} as ConnectWise site.`,
      suggest: { field: 'site', value: other },
    };
  } catch (error) {
    if (!(error instanceof UntrustedHost)) throw error;
    return { status: 'failed', cause: error.reason, fix: error.fix, suggest: { field: 'site', value: error.host } };
  }
}

/** The list of companies is the only sure proof: some servers give /system/info to anybody. */
async function keys(api: ConnectWiseApi, signal: AbortSignal): Promise<CheckOutcome> {
  try {
    await api.rows('company/companies', oneRow, signal);
    return { status: 'passed' };
  } catch (error) {
    // Whom it refuses a right, it has let in.
    if (error instanceof Forbidden && error.what === permissionFor('/company/companies').what)
      return { status: 'passed' };
    const disguised = (error instanceof NotFound && error.status === 404) || error instanceof Malformed;
    if (!disguised) throw error;
    // Every release has companies. On the cloud, refused keys may read as 404 or as a web page.
    const { reason, fix } = keysRefused(404);
    return { status: 'failed', cause: `${error.reason} On the cloud that is how wrong keys may look. ${reason}`, fix };
  }
}

const systemInfo = z.object({ version: z.string().nullish(), cloudRegion: z.string().nullish() });

async function version(api: ConnectWiseApi, signal: AbortSignal): Promise<CheckOutcome> {
  try {
    const { body } = await api.get('system/info', { signal });
    const { version: number, cloudRegion } = systemInfo.safeParse(body).data ?? {};
    return { status: 'passed', detail: [number ?? 'version not told', cloudRegion].filter(Boolean).join(', ') };
  } catch (error) {
    if (!(error instanceof NotFound || error instanceof Forbidden)) throw error;
    return { status: 'untested', cause: 'This server does not tell its version.', fix: 'Nothing to do.' };
  }
}

async function readable(api: ConnectWiseApi, type: RecordType, signal: AbortSignal): Promise<CheckOutcome> {
  const path = paths[type];
  if (path === undefined) return { status: 'untested', cause: `ConnectWise has no ${type}.`, fix: 'Leave them out.' };
  const rows = await api.rows(path, oneRow, signal);
  // Which companies are inactive is known by their status only.
  if (type === 'companies') await inactiveStatuses(api, signal);
  if (rows.length > 0) return { status: 'passed' };
  return {
    status: 'untested',
    cause: `ConnectWise answered, but with no ${type} at all: there are none, or the role shows the API member its own only.`,
    fix: `Check the role: ${permissionFor(`/${path}`).level}, not "Mine".`,
  };
}

/** Without the right rows in the answers to this, changes would be missed in silence. What is found is kept for all reads. */
async function dates(
  { memory }: ConnectorEnvironment,
  api: ConnectWiseApi,
  path: string,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  const form = await probeDates(api, path, signal).catch((error: unknown) => {
    // Told already by the check of that type.
    if (error instanceof Forbidden) return null;
    throw error;
  });
  if (form === null) {
    return {
      status: 'untested',
      cause: 'There is no record that it could be tried on.',
      fix: 'Nothing to do; test again later.',
    };
  }
  memory.set('dates', form);
  if (form === 'zoned') return { status: 'passed' };
  if (form === 'plain')
    return { status: 'passed', detail: 'Dates are sent without their zone: this server misreads it.' };
  return {
    status: 'untested',
    cause: 'This server does not filter by date exactly, so each sync reads the changes of a day more.',
    fix: 'Nothing to do. If syncs are slow, ask ConnectWise support about lastUpdated conditions and time zones.',
  };
}

const stamped = z.object({ id: z.number(), _info: z.object({ lastUpdated: z.string() }) });

/** Filters around the time of a known record. Null when there is none. */
async function probeDates(api: ConnectWiseApi, path: string, signal: AbortSignal): Promise<DateForm | null> {
  const fields = 'id,_info';
  const [newest] = await api.rows(path, { orderBy: 'lastUpdated desc', pageSize: 1, fields }, signal);
  const known = stamped.safeParse(newest).data;
  if (known === undefined) return null;
  const at = Date.parse(known._info.lastUpdated);
  const minute = 60_000;
  for (const form of ['zoned', 'plain'] as const) {
    const found = async (time: number) => {
      const conditions = `id=${known.id} and lastUpdated>${dateLiteral(time, form)}`;
      return (await api.rows(path, { conditions, pageSize: 1, fields }, signal)).length > 0;
    };
    if ((await found(at - minute)) && !(await found(at + minute))) return form;
  }
  return 'wide';
}

async function readableBoards(
  { options }: ConnectorEnvironment,
  api: ConnectWiseApi,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  const { groups } = psaSelection(options, grouping);
  const all = await boards(api, signal);
  const chosen = all.filter(({ id }) => groups.includes(String(id)));
  const tried = groups.length > 0 ? chosen : all.filter(({ inactive }) => !inactive).slice(0, mostBoards);
  const hidden: string[] = groups
    .filter((id) => !all.some((board) => String(board.id) === id))
    .map((id) => `number ${id}`);
  let seen = 0;
  for (const board of tried) {
    if ((await statusesOf(api, board, signal)) === null) hidden.push(board.name);
    else seen += 1;
  }
  if (hidden.length === 0) return { status: 'passed', detail: `${all.length} boards` };
  if (seen === 0 && groups.length === 0) {
    const { what, level } = permissionFor('/service/boards');
    return { status: 'failed', cause: `The security role may not read ${what}.`, fix: `Give it ${level}.` };
  }
  return {
    status: groups.length > 0 ? 'failed' : 'untested',
    cause: `The API member is kept from ${hidden.length === 1 ? 'the board' : 'the boards'} ${hidden.join(', ')}.`,
    fix: 'Remove it from the excluded service boards of the API member (Service Defaults), or leave it out of the options.',
  };
}

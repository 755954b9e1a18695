/** What commands are given, checked before anything is done with it. */
import type { Connector } from '../connector/contract.ts';
import { parseCredentials, parseOptions } from '../connector/credentials.ts';
import type { Credentials, Manifest, Options } from '../connector/manifest.ts';
import type { Connections } from './connections.ts';
import { InvalidInput, type SyncSettings, type TestInput } from './engine.ts';
import type { Integrations, Stored } from './integrations.ts';
import { alike } from './sync/unmapped.ts';
import type { ValueTables } from './sync/values.ts';

/** There are no credentials for this integration. */
export class NotConnected extends Error {
  readonly id: string;
  constructor(id: string) {
    super(`${id} is not connected. Connect it first: msportal connect ${id} --credentials FILE`);
    this.name = 'NotConnected';
    this.id = id;
  }
}

type Parsed<T> =
  | { readonly ok: true; readonly values: T }
  | { readonly ok: false; readonly problems: InvalidInput['problems'] };

/** @throws InvalidInput */
export function accepted<T>(parsed: Parsed<T>): T {
  if (!parsed.ok) throw new InvalidInput(parsed.problems);
  return parsed.values;
}

/**
 * What is stored of an integration that has credentials.
 * @throws NotConnected
 */
export function configured(id: string, integrations: Integrations): Stored {
  const stored = integrations.get(id);
  if (stored === null || !integrations.isConfigured(id)) throw new NotConnected(id);
  return stored;
}

/**
 * What the input leaves out is taken from what is stored; then everything is validated.
 * @throws InvalidInput, NotConnected
 */
export async function completed(
  input: TestInput,
  { connections, integrations }: { readonly connections: Connections; readonly integrations: Integrations },
): Promise<{ credentials: Credentials; options: Options }> {
  const connector = await connections.connector(input.id);
  const { manifest } = connector;
  const stored = integrations.get(input.id);
  const known = await integrations.credentials(input.id);
  if (input.credentials === undefined && known === null) throw new NotConnected(input.id);
  const given = withStoredSecrets(connector, input.credentials ?? {}, known ?? {});
  return {
    credentials: accepted(parseCredentials(manifest, given)),
    options: accepted(parseOptions(manifest, input.options ?? stored?.options ?? {})),
  };
}

/**
 * A form leaves a stored secret empty to keep it. It is kept only for the very addresses it was stored for: else whoever can
 * change an address could have it sent to a host of their own.
 */
function withStoredSecrets(connector: Connector, given: Credentials, stored: Credentials): Credentials {
  if (Object.keys(given).length === 0) return stored;
  const secrets = connector.manifest.credentials.filter(({ key, secret }) => secret && !given[key] && stored[key]);
  if (secrets.length === 0) return given;
  const merged = { ...given, ...Object.fromEntries(secrets.map(({ key }) => [key, stored[key] as string])) };
  const places = (credentials: Credentials) => JSON.stringify(connector.origins(credentials));
  const parsed = parseCredentials(connector.manifest, merged);
  return parsed.ok && places(parsed.values) === places(stored) ? merged : given;
}

/** @throws InvalidInput */
export function checkSettings(settings: SyncSettings, manifest: Manifest): void {
  const problems: { path: string; message: string }[] = [];
  if (![5, 15, 30].includes(settings.intervalMinutes))
    problems.push({ path: 'intervalMinutes', message: 'Choose 5, 15 or 30 minutes.' });
  if (!['vendor', 'portal', 'ask', undefined].includes(settings.conflicts))
    problems.push({ path: 'conflicts', message: 'Choose vendor, portal or ask.' });
  for (const path of ['readOnly', 'blanksErase'] as const) {
    if (!['boolean', 'undefined'].includes(typeof settings[path]))
      problems.push({ path, message: 'Say true or false.' });
  }
  problems.push(...mappingProblems(settings.mapping ?? {}, manifest));
  const known = manifest.recordTypes.map(({ type }) => type);
  for (const type of settings.types) {
    if (!known.includes(type))
      problems.push({ path: 'types', message: `${manifest.name} has no ${type}. It has: ${known.join(', ')}.` });
  }
  if (settings.types.length === 0) problems.push({ path: 'types', message: 'Choose at least one record type.' });
  if (problems.length > 0) throw new InvalidInput(problems);
}

function mappingProblems(mapping: ValueTables, manifest: Manifest): InvalidInput['problems'] {
  return Object.entries(mapping).flatMap(([type, table]) => {
    const { named = {} } = manifest.recordTypes.find((spec) => spec.type === type) ?? {};
    return Object.entries(table).flatMap(([field, pairs]) => {
      const problem = (message: string) => [{ path: `mapping.${type}.${field}`, message }];
      if (named[field] === undefined) {
        const those = Object.keys(named).join(', ');
        return problem(
          `${manifest.name} has no list of values for it.${those === '' ? '' : ` It has lists for: ${those}.`}`,
        );
      }
      const blank = pairs.find(({ vendor, portal }) => vendor.trim() === '' || portal.trim() === '');
      if (blank !== undefined) return problem(`"${blank.vendor}" = "${blank.portal}": both sides need a name.`);
      const twice = pairs.find(({ vendor }, index) => pairs.findIndex((pair) => alike(pair.vendor, vendor)) < index);
      return twice === undefined ? [] : problem(`The vendor's "${twice.vendor}" is in it twice.`);
    });
  });
}

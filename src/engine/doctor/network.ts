/** Proxy and CA settings, the way to each vendor, and this machine's clock by theirs. */
import { readFile } from 'node:fs/promises';
import { clockTolerance } from '../../connector/general-checks.ts';
import { clockWords, type NetworkTarget, networkChecks, vendorDate } from '../../connector/network-checks.ts';
import { hostsOf } from '../../connector/open.ts';
import { proxySettings } from '../../connector/proxy.ts';
import { runChecks } from '../connection-test.ts';
import { type Finding, findings, type House, type Look, type Settings } from './finding.ts';

const { ok, warning, failed, untested } = findings('network');
/** A clock this far off breaks sign-ins, milliseconds. */
const clockBroken = 5 * 60_000;

interface Vendor {
  readonly id: string;
  readonly target: NetworkTarget;
}

export const lookAtNetwork: Look = async (house, settings) => {
  const vendors = await connected(house, settings);
  const [ways, clocks] = await Promise.all([
    Promise.all(vendors.map((vendor) => lookAtWay(house, vendor))),
    Promise.all(vendors.map(({ target }) => vendorDate(target, house.signal))),
  ]);
  return [lookAtProxy(house), ...lookAtTrust(house), ...(await lookAtCaFiles(settings)), ...ways, lookAtClock(clocks)];
};

/** The hosts of every integration with credentials. They are read from what is stored unsealed: no secret is opened here. */
async function connected(house: House, { state, config }: Settings): Promise<Vendor[]> {
  const vendors: Vendor[] = [];
  for (const { id, name, load } of house.catalogue) {
    const stored = state?.integrations[id];
    if (load === undefined || stored === undefined || Object.keys(stored.credentials).length === 0) continue;
    const plain = Object.entries(stored.credentials).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : '',
    ]);
    const origins = (await load()).origins(Object.fromEntries(plain));
    if (origins === null) continue;
    const caFile = config?.integrations[id]?.caFile;
    const trusted = caFile === undefined ? undefined : await readFile(caFile, 'utf8').catch(() => undefined);
    const { env, lookup, now } = house;
    const urls = hostsOf(origins.baseUrl, origins.allowed);
    vendors.push({ id, target: { vendorName: name, urls, env, lookup, clock: { now }, caFile: trusted } });
  }
  return vendors;
}

async function lookAtWay({ now, signal }: House, { id, target }: Vendor): Promise<Finding> {
  const title = `Way to ${target.vendorName}`;
  const { checks } = await runChecks(networkChecks(target), { now, signal });
  const worst = checks.find(({ status }) => status === 'failed') ?? checks.find(({ status }) => status === 'warning');
  const detail =
    checks.find((check) => check.id === 'network-tls')?.detail ?? checks.find((check) => check.detail)?.detail;
  if (worst === undefined) return ok(`way:${id}`, title, detail ?? null);
  const words = { cause: worst.cause ?? worst.label, fix: worst.fix ?? '', command: `msportal test ${id}` };
  return (worst.status === 'failed' ? failed : warning)(`way:${id}`, title, words);
}

function lookAtProxy({ env }: House): Finding {
  const value = env.https_proxy ?? env.HTTPS_PROXY;
  if (!value) return ok('proxy', 'Proxy setting', 'none');
  const settings = proxySettings(env);
  if (settings !== null) {
    const except = env.no_proxy || env.NO_PROXY;
    return ok(
      'proxy',
      'Proxy setting',
      `${settings.variable} is ${settings.url.host}${except ? `, not for ${except}` : ''}`,
    );
  }
  return failed('proxy', 'Proxy setting', {
    cause: 'HTTPS_PROXY is set, but is no address.',
    fix: 'Write it as http://HOST:PORT, or unset it.',
    command: 'unset HTTPS_PROXY https_proxy',
  });
}

function lookAtTrust({ env }: House): Finding[] {
  if (env.NODE_TLS_REJECT_UNAUTHORIZED !== '0') return [];
  return [
    warning('tls-setting', 'Certificate setting', {
      cause:
        'NODE_TLS_REJECT_UNAUTHORIZED=0 is set. msportal verifies certificates all the same; other programs here do not.',
      fix: 'Remove it. For an authority of your own, use caFile in config.json.',
      command: 'unset NODE_TLS_REJECT_UNAUTHORIZED',
    }),
  ];
}

async function lookAtCaFiles({ config }: Settings): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const [id, { caFile }] of Object.entries(config?.integrations ?? {})) {
    if (caFile === undefined) continue;
    const text = await readFile(caFile, 'utf8').catch(() => null);
    const title = `CA file of ${id}`;
    if (text?.includes('-----BEGIN CERTIFICATE-----')) found.push(ok(`ca:${id}`, title, caFile));
    else {
      const cause = text === null ? `${caFile} cannot be read.` : `${caFile} holds no certificate in PEM form.`;
      found.push(
        failed(`ca:${id}`, title, { cause, fix: 'Correct caFile in config.json, or put the certificate there.' }),
      );
    }
  }
  return found;
}

/** Our clock minus the middle one of the vendors': a single vendor may be wrong itself. */
function lookAtClock(offsets: readonly (number | null)[]): Finding {
  const told = offsets.filter((off) => off !== null).sort((a, b) => a - b);
  const off = told[Math.floor((told.length - 1) / 2)];
  if (off === undefined) {
    const cause = 'No vendor could be asked for the time.';
    return untested('clock', 'Clock', {
      cause,
      fix: 'Connect an integration, or mend the way to it.',
      command: 'timedatectl',
    });
  }
  if (Math.abs(off) <= clockTolerance)
    return ok('clock', 'Clock', `right within 30 s, by ${told.length} of the vendors`);
  return (Math.abs(off) < clockBroken ? warning : failed)('clock', 'Clock', {
    cause: `This machine's clock is ${clockWords(off)}, by the vendors' clocks.`,
    fix: 'Set the clock. Certificates and sign-ins fail with a wrong one, and times in the log are wrong.',
    command: 'timedatectl set-ntp true',
  });
}

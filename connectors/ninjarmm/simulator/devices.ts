/** Invented devices: what each kind of machine is made of. */
import type { Random } from '../../../src/simulator/random.ts';
import type { Approval, Device, Hardware, Health } from './model.ts';

interface Make {
  readonly manufacturer: string;
  readonly model: string;
  readonly chassis: Hardware['chassis'];
}

const makes: Readonly<Record<string, readonly Make[]>> = {
  WINDOWS_WORKSTATION: [
    { manufacturer: 'Dell Inc.', model: 'OptiPlex 7010', chassis: 'DESKTOP' },
    { manufacturer: 'LENOVO', model: 'ThinkPad T14', chassis: 'LAPTOP' },
    { manufacturer: 'HP', model: 'EliteBook 840', chassis: 'LAPTOP' },
  ],
  MAC: [{ manufacturer: 'Apple Inc.', model: 'MacBookPro18,3', chassis: 'LAPTOP' }],
  LINUX_WORKSTATION: [{ manufacturer: 'Dell Inc.', model: 'Precision 3660', chassis: 'DESKTOP' }],
  WINDOWS_SERVER: [{ manufacturer: 'Dell Inc.', model: 'PowerEdge R450', chassis: 'DESKTOP' }],
};

const systems: Readonly<Record<string, readonly (readonly [name: string, build: string])[]>> = {
  WINDOWS_WORKSTATION: [
    ['Windows 11 Professional Edition', '22631'],
    ['Windows 10 Professional Edition', '19045'],
  ],
  MAC: [['macOS Sonoma', '23F79']],
  LINUX_WORKSTATION: [['Ubuntu 24.04 LTS', '24.04']],
  WINDOWS_SERVER: [
    ['Windows Server 2022 Standard Edition', '20348'],
    ['Windows Server 2019 Standard Edition', '17763'],
  ],
};

function hardwareOf(nodeClass: string, draw: Random): Hardware | null {
  const make = makes[nodeClass];
  const system = systems[nodeClass];
  if (make === undefined || system === undefined) return null;
  const [os, build] = draw.pick(system);
  return {
    ...draw.pick(make),
    serial: `FAKE${String(draw.below(1_000_000)).padStart(6, '0')}`,
    serialIsBios: draw.chance(0.1),
    memory: draw.pick([8, 16, 32]) * 1024 ** 3,
    os,
    build,
    needsReboot: draw.chance(0.15),
  };
}

function healthOf(hardware: Hardware | null, draw: Random): Health {
  const some = (share: number, most: number) => (draw.chance(share) ? 1 + draw.below(most) : 0);
  const isComputer = hardware !== null;
  return {
    pendingOs: isComputer ? some(0.35, 9) : 0,
    failedOs: isComputer ? some(0.06, 3) : 0,
    pendingSoftware: isComputer ? some(0.25, 5) : 0,
    threats: isComputer ? some(0.02, 2) : 0,
    criticalVulnerabilities: isComputer ? some(0.08, 4) : 0,
    highVulnerabilities: isComputer ? some(0.2, 9) : 0,
    antivirus:
      isComputer && draw.chance(0.94)
        ? {
            product: draw.pick(['Windows Defender', 'Windows Defender', 'Sentinel Shield']),
            state: draw.chance(0.95) ? 'ON' : 'OFF',
            definitions: draw.chance(0.93) ? 'Up-to-date' : 'Out-of-date',
          }
        : null,
  };
}

export const personalClasses = [
  'WINDOWS_WORKSTATION',
  'WINDOWS_WORKSTATION',
  'WINDOWS_WORKSTATION',
  'WINDOWS_WORKSTATION',
  'MAC',
  'MAC',
  'LINUX_WORKSTATION',
  'APPLE_IOS',
] as const;

/** What each client has besides: one of each. */
export const sharedClasses = ['WINDOWS_SERVER', 'NMS_FIREWALL', 'NMS_SWITCH'] as const;

const letters: Readonly<Record<string, string>> = {
  WINDOWS_SERVER: 'SRV',
  NMS_FIREWALL: 'FW',
  NMS_SWITCH: 'SW',
  APPLE_IOS: 'PH',
};

const day = 86_400_000;

export interface NewDevice {
  readonly id: number;
  readonly organization: number;
  /** How host names of this organization begin. */
  readonly code: string;
  readonly location: number | null;
  readonly nodeClass: string;
  readonly owner: number | null;
  readonly user: string | null;
  readonly parent: number | null;
  readonly draw: Random;
  readonly today: number;
  /** For one that is made now: it is online and approved. */
  readonly now: number | undefined;
}

export function newDevice({
  id,
  organization,
  code,
  nodeClass,
  owner,
  user,
  draw,
  today,
  now,
  ...rest
}: NewDevice): Device {
  const hardware = hardwareOf(nodeClass, draw);
  const offline = draw.chance(0.15);
  const created = now ?? Math.floor(today - draw.next() * 700 * day);
  const quiet = offline ? draw.next() * 30 * day : draw.next() * 60_000;
  const lastContact = now ?? Math.max(created, Math.floor(today - quiet));
  return {
    id,
    organization,
    location: rest.location,
    nodeClass,
    approval: now === undefined && owner !== null ? approvalOf(id) : 'APPROVED',
    offline: now === undefined && offline,
    displayName: owner === null || draw.chance(0.4) ? null : `Desk ${id}`,
    systemName: `${code}-${letters[nodeClass] ?? 'WS'}-${String(id).padStart(3, '0')}`,
    created,
    lastContact,
    lastUpdate: Math.max(created, lastContact - draw.below(3_600_000)),
    parent: rest.parent,
    owner,
    lastUser: user === null || hardware === null ? null : `${code}\\${user}`,
    address: `10.${organization % 250}.${Math.floor(id / 250) % 250}.${1 + (id % 250)}`,
    mac: `00:00:5E:00:${hex(Math.floor(id / 256) % 256)}:${hex(id % 256)}`,
    hardware,
    health: healthOf(hardware, draw),
  };
}

const approvalOf = (id: number): Approval =>
  id % 41 === 17 ? 'PENDING' : id % 67 === 30 ? 'DECOMMISSIONED' : 'APPROVED';

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(2, '0');

/** Invented devices: what each kind of machine is made of. */
import type { Random } from '../../../src/simulator/random.ts';
import type { Hardware, Health } from './model.ts';

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

export function hardwareOf(nodeClass: string, draw: Random): Hardware | null {
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

export function healthOf(hardware: Hardware | null, draw: Random): Health {
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

export const letters: Readonly<Record<string, string>> = {
  WINDOWS_SERVER: 'SRV',
  NMS_FIREWALL: 'FW',
  NMS_SWITCH: 'SW',
  APPLE_IOS: 'PH',
};

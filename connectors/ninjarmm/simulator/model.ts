/** What a NinjaOne instance holds. Times are epoch milliseconds here; answers give seconds. */

export interface Organization {
  readonly id: number;
  name: string;
  readonly description: string;
  readonly approvalMode: 'AUTOMATIC' | 'MANUAL' | 'REJECT';
  /** A client that other systems have, too. */
  readonly known: boolean;
  /** There only while the fault `stranger-organization` is on. */
  readonly hidden: boolean;
  readonly created: number;
}

export interface Location {
  readonly id: number;
  readonly organization: number;
  name: string;
  readonly address: string;
  readonly created: number;
}

export type Approval = 'APPROVED' | 'PENDING' | 'DECOMMISSIONED';

export interface Hardware {
  readonly manufacturer: string;
  readonly model: string;
  readonly serial: string;
  /** Some firmware tells its serial number under this name only. */
  readonly serialIsBios: boolean;
  readonly chassis: 'DESKTOP' | 'LAPTOP';
  readonly memory: number;
  readonly os: string;
  readonly build: string;
  readonly needsReboot: boolean;
}

export interface Health {
  readonly pendingOs: number;
  readonly failedOs: number;
  readonly pendingSoftware: number;
  readonly threats: number;
  readonly criticalVulnerabilities: number;
  readonly highVulnerabilities: number;
  /** null: none is installed. */
  readonly antivirus: {
    readonly product: string;
    readonly state: 'ON' | 'OFF';
    readonly definitions: 'Up-to-date' | 'Out-of-date';
  } | null;
}

export interface Device {
  readonly id: number;
  readonly organization: number;
  location: number | null;
  readonly nodeClass: string;
  readonly approval: Approval;
  readonly offline: boolean;
  displayName: string | null;
  readonly systemName: string;
  readonly created: number;
  readonly lastContact: number;
  lastUpdate: number;
  readonly parent: number | null;
  /** Number of the person in the world; null for what serves everybody. */
  readonly owner: number | null;
  readonly lastUser: string | null;
  readonly address: string;
  readonly mac: string;
  /** Network gear and phones tell none. */
  readonly hardware: Hardware | null;
  readonly health: Health;
}

export interface Alert {
  readonly uid: string;
  readonly device: number;
  message: string;
  readonly created: number;
  updated: number;
  readonly sourceType: string;
  readonly condition: string;
  readonly subject: string;
  readonly severity: 'CRITICAL' | 'MAJOR' | 'MODERATE' | 'MINOR';
  readonly priority: 'HIGH' | 'MEDIUM' | 'LOW' | 'NONE';
  readonly ticket: number | null;
}

export interface Activity {
  readonly id: number;
  readonly at: number;
  readonly group: 'DEVICE' | 'SYSTEM';
  readonly device: number | null;
  readonly statusCode: string;
  readonly message: string;
}

/** The same number gives the same one. */
export function uuid(kind: number, number: number): string {
  const hex = (value: number, length: number) => value.toString(16).padStart(length, '0');
  return `${hex(kind, 8)}-0000-4000-8000-${hex(number, 12)}`;
}

export const roleOf = (nodeClass: string): number => 10 + (nodeClass.length % 30);
export const policyOf = (nodeClass: string): number => 50 + (nodeClass.length % 30);

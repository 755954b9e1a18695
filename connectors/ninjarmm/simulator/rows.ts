/** Rows as NinjaOne gives them. Members that have nothing to say are left out. */
import { hostileText } from '../../../src/simulator/hostile.ts';
import type { Instance } from './instance.ts';
import {
  type Activity,
  type Alert,
  type Device,
  type Location,
  type Organization,
  policyOf,
  roleOf,
  uuid,
} from './model.ts';

export interface Presentation {
  readonly instance: Instance;
  readonly hostile: boolean;
  /** Lists without `os` and `system`, as the vendor's description has them. */
  readonly bare: boolean;
  readonly allOffline: boolean;
}

/** Epoch seconds with a fraction. */
const seconds = (at: number): number => at / 1000;

const name = ({ hostile }: Presentation, text: string, number: number): string =>
  hostile ? hostileText(text, number) : text;

export function organizationRow(view: Presentation, { id, description, approvalMode, ...rest }: Organization) {
  return {
    id,
    name: name(view, rest.name, id),
    description,
    nodeApprovalMode: approvalMode,
    tags: [],
    fields: {},
    userData: {},
  };
}

export function organizationDetail(view: Presentation, organization: Organization) {
  const locations = view.instance.locationsOf(organization.id);
  return {
    ...organizationRow(view, organization),
    locations: locations.map((location) => nestedLocationRow(view, location)),
    policies: [],
    settings: {},
  };
}

export function locationRow(view: Presentation, location: Location) {
  return { ...nestedLocationRow(view, location), organizationId: location.organization };
}

/** Under its organization a location does not say whose it is. */
export function nestedLocationRow(view: Presentation, location: Location) {
  return {
    id: location.id,
    name: name(view, location.name, location.id),
    address: location.address,
    description: '',
    userData: {},
  };
}

export const isOffline = ({ allOffline }: Presentation, device: Device): boolean => device.offline || allOffline;

export function deviceRow(view: Presentation, device: Device) {
  const offline = isOffline(view, device);
  const { displayName, systemName, parent, owner, hardware } = device;
  return {
    id: device.id,
    uid: uuid(0x11111111, device.id),
    organizationId: device.organization,
    ...(device.location === null ? {} : { locationId: device.location }),
    nodeClass: device.nodeClass,
    nodeRoleId: roleOf(device.nodeClass),
    rolePolicyId: policyOf(device.nodeClass),
    approvalStatus: device.approval,
    offline,
    ...(displayName === null ? {} : { displayName: name(view, displayName, device.id) }),
    systemName: name(view, systemName, device.id),
    ...(hardware === null ? {} : { dnsName: `${systemName}.corp.example`, netbiosName: systemName.slice(0, 15) }),
    created: seconds(device.created),
    // Whoever is online was in contact a moment ago, at every answer.
    lastContact: seconds(offline ? device.lastContact : view.instance.clock.now()),
    lastUpdate: seconds(device.lastUpdate),
    ...(parent === null ? {} : { parentDeviceId: parent }),
    ...(owner === null ? {} : { assignedOwnerUid: uuid(0x99999999, owner) }),
    tags: [],
  };
}

export function deviceDetail(view: Presentation, device: Device) {
  const { hardware, address, mac } = device;
  return {
    ...deviceRow(view, device),
    ipAddresses: [...(hardware === null ? [] : ['fe80::1']), address],
    macAddresses: device.nodeClass === 'APPLE_IOS' ? [] : [mac],
    publicIP: '203.0.113.7',
    notes: [],
    ...(hardware === null || view.bare
      ? {}
      : {
          os: osMember(device),
          system: systemMember(device),
          memory: { capacity: hardware.memory },
          ...(device.lastUser === null ? {} : { lastLoggedInUser: device.lastUser }),
        }),
  };
}

export function osMember({ hardware, lastContact }: Device) {
  return {
    manufacturer: hardware?.os.startsWith('Windows') ? 'Microsoft Corporation' : 'Vendor',
    name: hardware?.os,
    architecture: '64-bit',
    lastBootTime: seconds(lastContact - 86_400_000),
    buildNumber: hardware?.build,
    releaseId: hardware?.os.startsWith('Windows') ? '23H2' : '',
    locale: 'en-US',
    language: 'en',
    needsReboot: hardware?.needsReboot,
  };
}

export function systemMember({ hardware, systemName }: Device) {
  return {
    name: systemName,
    manufacturer: hardware?.manufacturer,
    model: hardware?.model,
    biosSerialNumber: hardware?.serial,
    serialNumber: hardware?.serialIsBios ? '' : hardware?.serial,
    domain: 'CORP',
    domainRole: 'Member Workstation',
    numberOfProcessors: 1,
    totalPhysicalMemory: hardware?.memory,
    virtualMachine: false,
    chassisType: hardware?.chassis,
  };
}

export function healthRow(view: Presentation, device: Device) {
  const { health, id, hardware } = device;
  const offline = isOffline(view, device);
  const alertCount = view.instance.alertsOf(id);
  const parent = device.parent === null ? undefined : view.instance.devices.get(device.parent);
  const common = {
    deviceId: id,
    healthStatus: healthStatus(device, alertCount),
    offline,
    ...(parent === undefined ? {} : { parentDeviceId: parent.id }),
    parentOffline: parent !== undefined && isOffline(view, parent),
    alertCount,
  };
  // Network gear and phones have no patches to count.
  if (hardware === null) return common;
  return {
    ...common,
    activeThreatsCount: health.threats,
    quarantinedThreatsCount: 0,
    blockedThreatsCount: 0,
    failedOSPatchesCount: health.failedOs,
    pendingOSPatchesCount: health.pendingOs,
    failedSoftwarePatchesCount: 0,
    pendingSoftwarePatchesCount: health.pendingSoftware,
    activeJobCount: 0,
    pendingRebootReason: hardware.needsReboot ? 'PATCHES' : '',
    productsInstallationStatuses: {},
    criticalVulnerabilityCount: health.criticalVulnerabilities,
    highVulnerabilityCount: health.highVulnerabilities,
    mediumVulnerabilityCount: 0,
    lowVulnerabilityCount: 0,
    installationIssuesCount: 0,
  };
}

function healthStatus({ health }: Device, alertCount: number): string {
  if (alertCount > 1 || health.threats > 0) return 'UNHEALTHY';
  return alertCount > 0 || health.failedOs > 0 || health.criticalVulnerabilities > 0 ? 'NEEDS_ATTENTION' : 'HEALTHY';
}

/** None for a device without a product; some have an older one beside it, which is off and comes first or last. */
export function antivirusRows({ id, health: { antivirus }, lastContact }: Device) {
  if (antivirus === null) return [];
  const { product, state, definitions } = antivirus;
  const row = { deviceId: id, timestamp: seconds(lastContact), version: '4.18.1' };
  const old = { ...row, productName: 'Old Shield', productState: 'OFF', definitionStatus: 'Out-of-date' };
  const main = { ...row, productName: product, productState: state, definitionStatus: definitions };
  if (state === 'OFF' || id % 4 !== 0) return [main];
  return id % 8 === 0 ? [old, main] : [main, old];
}

export function alertRow(view: Presentation, alert: Alert) {
  const number = alert.created;
  return {
    uid: alert.uid,
    deviceId: alert.device,
    message: name(view, alert.message, number),
    createTime: seconds(alert.created),
    updateTime: seconds(alert.updated),
    sourceType: alert.sourceType,
    sourceConfigUid: uuid(0xbbbbbbbb, alert.condition.length),
    sourceName: alert.condition,
    subject: name(view, alert.subject, number),
    userId: 1,
    ...(alert.ticket === null ? {} : { psaTicketId: alert.ticket }),
    data: {},
    priority: alert.priority,
    severity: alert.severity,
    conditionName: alert.condition,
    conditionHealthStatus: alert.severity === 'CRITICAL' ? 'UNHEALTHY' : 'NEEDS_ATTENTION',
    useGlobalHealthStatus: true,
  };
}

export function activityRow({ id, at, device, statusCode, message }: Activity) {
  return {
    id,
    activityTime: seconds(at),
    ...(device === null ? {} : { deviceId: device }),
    severity: 'NONE',
    priority: 'NONE',
    seriesUid: uuid(0xcccccccc, id),
    activityType: 'SYSTEM',
    statusCode,
    status: message,
    activityResult: 'SUCCESS',
    subject: '',
    userId: 1,
    message,
    type: 'System',
    data: {},
  };
}

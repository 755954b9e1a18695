/** NinjaOne's rows to canonical records. Pure. */
import { z } from 'zod';
import type { SourceItem } from '../../src/connector/source-item.ts';
import { orNull } from '../../src/connector/values.ts';
import type { RecordType, SourceRecords } from '../../src/portal/records/index.ts';
import { typeName } from './device-types.ts';
import type {
  AlertRow,
  AntivirusRow,
  DeviceRow,
  HealthRow,
  LocationRow,
  OrganizationRow,
  OsRow,
  SystemRow,
} from './rows.ts';

type DeviceRecord = SourceRecords['devices'];

/** For a device whose list row lacks them: what the inventory reports say. */
export interface Inventory {
  readonly system?: SystemRow | undefined;
  readonly os?: OsRow | undefined;
}

export function toOrganization({ id, name }: OrganizationRow): SourceItem<'companies'> {
  return { kind: 'record', externalId: String(id), modifiedAt: null, record: { name } };
}

export function toLocation(row: LocationRow): SourceItem<'locations'> {
  return {
    kind: 'record',
    externalId: String(row.id),
    modifiedAt: null,
    record: {
      companyExternalId: String(row.organizationId),
      name: orNull(row.name),
      // One line of free text; nothing tells the city or the country in it.
      address: orNull(row.address),
      description: orNull(row.description),
    },
  };
}

/**
 * From the detailed list. `monitoring`: what the reports say of it. `steady`: without the times of a device that is online, which move
 * all the time; for lists that are read again and again.
 */
export function toDevice(
  row: DeviceRow,
  monitoring: DeviceRecord,
  inventory: Inventory = {},
  steady = false,
): SourceItem<'devices'> {
  const os = row.os ?? inventory.os;
  const system = row.system ?? inventory.system;
  const record: DeviceRecord = {
    ...placeOf(row),
    ...typeOf(row, system),
    ...statusOf(row),
    // The last update is when the device last sent its data. A rename in the console does not move it.
    ...(steady && row.offline !== true ? {} : { lastSeen: time(row.lastContact), updatedAt: time(row.lastUpdate) }),
    createdAt: time(row.created),
    ipAddress: mainAddress(row.ipAddresses ?? []),
    macAddress: orNull(row.macAddresses?.[0]),
    lastUser: orNull(row.lastLoggedInUser),
    ...(os === undefined ? {} : { os: orNull(os.name) }),
    ...(system === undefined
      ? {}
      : {
          manufacturer: orNull(system.manufacturer),
          model: orNull(system.model),
          serialNumber: orNull(system.serialNumber) ?? orNull(system.biosSerialNumber),
        }),
    integrationSource: 'ninjarmm',
    externalDeviceId: String(row.id),
    ...monitoring,
  };
  return approved(row) ?? { kind: 'record', externalId: String(row.id), modifiedAt: null, record };
}

/**
 * From the light list, between full reads: what moves without any activity. The last contact of a device that is online is left
 * out: it moves every minute and says nothing, and telling it would write the whole fleet each time.
 */
export function toDeviceState(row: DeviceRow, monitoring: DeviceRecord): SourceItem<'devices'> {
  const record: DeviceRecord = {
    ...placeOf(row),
    ...statusOf(row),
    ...(row.offline === true ? { lastSeen: time(row.lastContact) } : {}),
    integrationSource: 'ninjarmm',
    externalDeviceId: String(row.id),
    ...monitoring,
  };
  return approved(row) ?? { kind: 'record', externalId: String(row.id), modifiedAt: null, record };
}

/** Lists hold approved devices unless asked for others; should an instance list more, they are not taken for active ones. */
function approved(row: DeviceRow): SourceItem<'devices'> | null {
  const externalId = String(row.id);
  const status = row.approvalStatus ?? 'APPROVED';
  if (status === 'APPROVED') return null;
  if (status === 'DECOMMISSIONED') return { kind: 'gone', externalId };
  return {
    kind: 'held',
    externalId,
    label: hostName(row) ?? externalId,
    reason: 'not-selected',
    detail: `It is ${inWords(status)?.toLowerCase()} in NinjaOne. It comes by itself once it is approved there.`,
  };
}

function placeOf(row: DeviceRow): DeviceRecord {
  return {
    name: hostName(row),
    displayName: orNull(row.displayName),
    companyExternalId: String(row.organizationId),
    locationExternalId: row.locationId == null ? null : String(row.locationId),
  };
}

function typeOf({ nodeClass }: DeviceRow, system: SystemRow | undefined): DeviceRecord {
  if (nodeClass == null) return {};
  return { deviceTypeId: nodeClass, deviceTypeName: typeName(nodeClass, system?.chassisType ?? null) };
}

function statusOf({ offline }: DeviceRow): DeviceRecord {
  return offline == null ? {} : { status: offline ? 'offline' : 'online' };
}

function hostName(row: DeviceRow): string | null {
  return orNull(row.systemName) ?? orNull(row.dnsName) ?? orNull(row.displayName) ?? orNull(row.netbiosName);
}

/** The first IPv4 address that others can reach, else the first at all. */
function mainAddress(addresses: readonly string[]): string | null {
  const usable = addresses.find((address) => /^\d+(\.\d+){3}$/.test(address) && !/^(127|169\.254)\./.test(address));
  return orNull(usable ?? addresses[0]);
}

export function toAlert(row: AlertRow): SourceItem<'alerts'> {
  const source = orNull(row.conditionName) ?? orNull(row.sourceName);
  return {
    kind: 'record',
    externalId: row.uid,
    modifiedAt: null,
    record: {
      deviceExternalId: String(row.deviceId),
      title: orNull(row.subject) ?? source ?? orNull(row.message),
      message: orNull(row.message),
      severity: inWords(row.severity),
      priority: inWords(row.priority),
      sourceName: source,
      sourceType: orNull(row.sourceType),
      ticketExternalId: row.psaTicketId == null ? null : String(row.psaTicketId),
      createdAt: time(row.createTime),
      updatedAt: time(row.updateTime),
    },
  };
}

export function toHealth(row: HealthRow): DeviceRecord {
  return {
    healthStatus: inWords(row.healthStatus),
    alertCount: row.alertCount ?? null,
    osPatchesPending: row.pendingOSPatchesCount ?? null,
    osPatchesFailed: row.failedOSPatchesCount ?? null,
    softwarePatchesPending: row.pendingSoftwarePatchesCount ?? null,
    softwarePatchesFailed: row.failedSoftwarePatchesCount ?? null,
    rebootReason: orNull(row.pendingRebootReason),
    activeThreats: row.activeThreatsCount ?? null,
    quarantinedThreats: row.quarantinedThreatsCount ?? null,
    criticalVulnerabilities: row.criticalVulnerabilityCount ?? null,
    highVulnerabilities: row.highVulnerabilityCount ?? null,
  };
}

export function toAntivirus(row: AntivirusRow): DeviceRecord {
  return {
    antivirusName: orNull(row.productName),
    antivirusState: orNull(row.productState),
    antivirusDefinitions: orNull(row.definitionStatus),
  };
}

/** One row that may not be what it should: mapped, or held back with what is wrong about it. */
export function mapped<S extends z.ZodType, T extends RecordType>(
  schema: S,
  raw: unknown,
  map: (row: z.infer<S>) => SourceItem<T>,
): SourceItem {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return map(parsed.data);
  const names = z
    .looseObject({
      id: z.unknown(),
      uid: z.unknown(),
      name: z.unknown(),
      systemName: z.unknown(),
      subject: z.unknown(),
    })
    .partial()
    .safeParse(raw).data;
  const externalId = String(names?.id ?? names?.uid ?? 'without an id');
  return {
    kind: 'held',
    externalId,
    label: String(names?.name ?? names?.systemName ?? names?.subject ?? externalId),
    reason: 'malformed',
    detail: `NinjaOne's row is not what it documents: ${z.prettifyError(parsed.error).replaceAll(/\s+/g, ' ').slice(0, 200)}`,
  };
}

/** Epoch seconds; custom-field dates and some older answers are milliseconds. 0 means never. */
export function time(value: number | null | undefined): string | null {
  if (value == null || value <= 0) return null;
  const at = new Date(Math.round(value >= 1e12 ? value : value * 1000));
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** `NEEDS_ATTENTION` as `Needs attention`; `NONE` is none. */
export function inWords(value: string | null | undefined): string | null {
  const plain = orNull(value)?.replaceAll('_', ' ').toLowerCase() ?? 'none';
  return plain === 'none' ? null : plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** What the reports say of devices, by device id: health, patches, antivirus; and hardware where the device list lacks it. */
import { z } from 'zod';
import type { SourceRecords } from '../../src/portal/records/index.ts';
import type { NinjaApi } from './api.ts';
import { type Inventory, toAntivirus, toHealth } from './mapping.ts';
import { antivirusRow, healthRow, osRow, systemRow } from './rows.ts';

type DeviceRecord = SourceRecords['devices'];

export interface Reports {
  /** Nothing for what the instance does not report; nulls for a device of which a report says nothing. */
  monitoringOf(deviceId: number): DeviceRecord;
}

const nothingFound: DeviceRecord = toAntivirus({ deviceId: 0 });

/**
 * Reports come in an order of their own, so they are read whole before the devices; a few hundred bytes are kept of each device.
 * A row that does not fit is passed over: it only lacks its additions.
 */
export async function readReports(api: NinjaApi, signal: AbortSignal): Promise<Reports> {
  const health = new Map<number, DeviceRecord>();
  const antivirus = new Map<number, DeviceRecord>();
  await api.report(
    'queries/device-health',
    (raw) => {
      const row = healthRow.safeParse(raw).data;
      if (row !== undefined) health.set(row.deviceId, toHealth(row));
    },
    signal,
  );
  const protection = await api.report(
    'queries/antivirus-status',
    (raw) => {
      const row = antivirusRow.safeParse(raw).data;
      if (row === undefined) return;
      // Several products on one device: the one that is on counts.
      const known = antivirus.get(row.deviceId);
      if (known === undefined || !isOn(known.antivirusState)) antivirus.set(row.deviceId, toAntivirus(row));
    },
    signal,
  );
  const unprotected = protection === 'read' ? nothingFound : {};
  return { monitoringOf: (id) => ({ ...health.get(id), ...(antivirus.get(id) ?? unprotected) }) };
}

const isOn = (state: string | null | undefined): boolean => state?.toUpperCase() === 'ON';

const systemReportRow = systemRow.extend({ deviceId: z.number().int() });
const osReportRow = osRow.extend({ deviceId: z.number().int() });

/** For instances whose device list carries no `system` and `os`: the members are not in the vendor's description. */
export async function readInventory(api: NinjaApi, signal: AbortSignal): Promise<(deviceId: number) => Inventory> {
  const systems = new Map<number, z.infer<typeof systemReportRow>>();
  const oses = new Map<number, z.infer<typeof osReportRow>>();
  await api.report(
    'queries/computer-systems',
    (raw) => {
      const row = systemReportRow.safeParse(raw).data;
      if (row !== undefined) systems.set(row.deviceId, row);
    },
    signal,
  );
  await api.report(
    'queries/operating-systems',
    (raw) => {
      const row = osReportRow.safeParse(raw).data;
      if (row !== undefined) oses.set(row.deviceId, row);
    },
    signal,
  );
  return (id) => ({ system: systems.get(id), os: oses.get(id) });
}

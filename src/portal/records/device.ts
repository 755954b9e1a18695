import { z } from 'zod';
import { amount, ownFields, type RecordTypeDefinition, text, time } from './define.ts';

/**
 * A computer, network device or phone, as MSPortal publishes it. Published devices name their origin `integrationSource` and
 * `externalDeviceId`, where other records have `provider` and `externalId`; both are there.
 */
const published = {
  ...ownFields,
  name: text(),
  companyId: text(),
  companyName: text(),
  deviceTypeId: text(),
  deviceTypeName: text(),
  locationId: text(),
  locationName: text(),
  manufacturer: text(),
  model: text(),
  serialNumber: text(),
  macAddress: text(),
  ipAddress: text(),
  os: text(),
  firmwareVersion: text(),
  /** `online` or `offline`. */
  status: text(),
  /** Exact for a device that is offline; of one that is online, as of the last full read. */
  lastSeen: time(),
  warrantyStart: time(),
  warrantyEnd: time(),
  warrantyExpires: time(),
  integrationSource: text(),
  externalDeviceId: text(),
  createdAt: time(),
  updatedAt: time(),
};

/** What monitoring says of the device; ours, beside the published record. Null where the vendor's report has nothing on it. */
const monitoring = {
  /** `Healthy`, `Needs attention`, `Unhealthy`, `Unknown`. */
  healthStatus: text(),
  alertCount: amount(),
  osPatchesPending: amount(),
  osPatchesFailed: amount(),
  softwarePatchesPending: amount(),
  softwarePatchesFailed: amount(),
  /** Why the device should be restarted. */
  rebootReason: text(),
  activeThreats: amount(),
  quarantinedThreats: amount(),
  criticalVulnerabilities: amount(),
  highVulnerabilities: amount(),
  antivirusName: text(),
  antivirusState: text(),
  antivirusDefinitions: text(),
};

export const deviceSchema = z.object({
  ...published,
  ...monitoring,
  /** The name that people gave it; `name` is the host name. */
  displayName: text(),
  lastUser: text(),
  companyExternalId: text(),
  locationExternalId: text(),
});

export const deviceSource = deviceSchema
  .omit({
    id: true,
    provider: true,
    externalId: true,
    companyId: true,
    companyName: true,
    locationId: true,
    locationName: true,
  })
  .partial();

export const devices = {
  type: 'devices',
  singular: 'device',
  label: 'Devices',
  schema: deviceSchema,
  source: deviceSource,
  columns: {
    name: { label: 'Name', index: true, priority: 1, width: 22 },
    companyName: { label: 'Company', index: true, priority: 2, width: 22 },
    status: { label: 'Status', index: true, priority: 3, width: 8 },
    healthStatus: { label: 'Health', index: true, priority: 4, width: 15 },
    alertCount: { label: 'Alerts', index: true, priority: 5, width: 6 },
    deviceTypeName: { label: 'Type', index: true, priority: 6, width: 15 },
    os: { label: 'System', priority: 7, width: 24 },
    osPatchesPending: { label: 'Patches', priority: 8, width: 7 },
    antivirusState: { label: 'Antivirus', priority: 9, width: 10 },
    lastSeen: { label: 'Last seen', index: true, priority: 10, width: 12 },
    displayName: { label: 'Called', priority: 11, width: 20 },
    locationName: { label: 'Location', priority: 12, width: 18 },
    ipAddress: { label: 'Address', priority: 13, width: 16 },
    serialNumber: { label: 'Serial number', index: true, priority: 14, width: 16 },
  },
  references: [
    {
      from: 'companyExternalId',
      to: 'companies',
      into: 'companyId',
      missing: 'hold',
      copy: { companyName: 'name' },
    },
    {
      from: 'locationExternalId',
      to: 'locations',
      into: 'locationId',
      missing: 'ignore',
      copy: { locationName: 'name' },
    },
  ],
  title: ['name', 'displayName'],
} satisfies RecordTypeDefinition;

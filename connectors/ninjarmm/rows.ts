/**
 * NinjaOne's rows. The vendor's description lists fewer members than live answers have and marks none as nullable: every field
 * but the ids may be absent or null, and further ones are no error.
 */
import { z } from 'zod';

const id = z.number().int();
const text = z.string().nullish();
const number = z.number().nullish();
const texts = z.array(z.string()).nullish();

export const organizationRow = z.object({ id, name: z.string() });
export const locationRow = z.object({ id, organizationId: id, name: text, address: text, description: text });
export const systemRow = z.object({
  manufacturer: text,
  model: text,
  serialNumber: text,
  biosSerialNumber: text,
  chassisType: text,
});
export const osRow = z.object({ name: text });
export const deviceRow = z.object({
  id,
  organizationId: id,
  locationId: id.nullish(),
  nodeClass: text,
  approvalStatus: text,
  offline: z.boolean().nullish(),
  systemName: text,
  dnsName: text,
  displayName: text,
  netbiosName: text,
  created: number,
  lastContact: number,
  lastUpdate: number,
  ipAddresses: texts,
  macAddresses: texts,
  os: osRow.nullish(),
  system: systemRow.nullish(),
  lastLoggedInUser: text,
});
export const alertRow = z.object({
  uid: z.string().min(1),
  deviceId: id,
  message: text,
  createTime: number,
  updateTime: number,
  sourceType: text,
  sourceName: text,
  subject: text,
  conditionName: text,
  priority: text,
  severity: text,
  psaTicketId: z.union([z.string(), z.number()]).nullish(),
});
export const healthRow = z.object({
  deviceId: id,
  healthStatus: text,
  alertCount: number,
  pendingOSPatchesCount: number,
  failedOSPatchesCount: number,
  pendingSoftwarePatchesCount: number,
  failedSoftwarePatchesCount: number,
  pendingRebootReason: text,
  activeThreatsCount: number,
  quarantinedThreatsCount: number,
  criticalVulnerabilityCount: number,
  highVulnerabilityCount: number,
});
export const antivirusRow = z.object({
  deviceId: id,
  productName: text,
  productState: text,
  definitionStatus: text,
});

export type OrganizationRow = z.infer<typeof organizationRow>;
export type LocationRow = z.infer<typeof locationRow>;
export type DeviceRow = z.infer<typeof deviceRow>;
export type AlertRow = z.infer<typeof alertRow>;
export type HealthRow = z.infer<typeof healthRow>;
export type AntivirusRow = z.infer<typeof antivirusRow>;
export type SystemRow = z.infer<typeof systemRow>;
export type OsRow = z.infer<typeof osRow>;

import { z } from 'zod';
import { ownFields, type RecordTypeDefinition, text, time } from './define.ts';

/** A condition that monitoring reports and that holds now. MSPortal publishes no such record; the names follow its API's style. */
export const alertSchema = z.object({
  ...ownFields,
  title: text(),
  message: text(),
  severity: text(),
  priority: text(),
  /** What raised it, in the vendor's words: a condition, the agent. */
  sourceName: text(),
  sourceType: text(),
  deviceId: text(),
  deviceName: text(),
  companyId: text(),
  companyName: text(),
  createdAt: time(),
  updatedAt: time(),
  deviceExternalId: text(),
  /** The ticket that the vendor made for it in a PSA. */
  ticketExternalId: text(),
});

export const alertSource = alertSchema
  .omit({
    id: true,
    provider: true,
    externalId: true,
    deviceId: true,
    deviceName: true,
    companyId: true,
    companyName: true,
  })
  .partial();

export const alerts = {
  type: 'alerts',
  singular: 'alert',
  label: 'Alerts',
  schema: alertSchema,
  source: alertSource,
  columns: {
    title: { label: 'Alert', priority: 1, width: 34 },
    severity: { label: 'Severity', index: true, priority: 2, width: 10 },
    deviceName: { label: 'Device', index: true, priority: 3, width: 20 },
    companyName: { label: 'Company', index: true, priority: 4, width: 22 },
    priority: { label: 'Priority', priority: 6, width: 8 },
    createdAt: { label: 'Since', index: true, priority: 5, width: 12 },
    sourceName: { label: 'Source', priority: 7, width: 20 },
    companyId: { label: 'Company id', index: true },
  },
  references: [
    {
      from: 'deviceExternalId',
      to: 'devices',
      into: 'deviceId',
      missing: 'hold',
      copy: { deviceName: 'name', companyId: 'companyId', companyName: 'companyName' },
    },
  ],
  title: ['title'],
  newest: 'createdAt',
} satisfies RecordTypeDefinition;

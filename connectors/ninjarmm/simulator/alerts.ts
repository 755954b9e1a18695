/** Invented alerts. */
import type { Random } from '../../../src/simulator/random.ts';
import { type Alert, type Device, uuid } from './model.ts';

const conditions = [
  { sourceType: 'AGENT_OFFLINE', condition: 'Device is down', severity: 'CRITICAL', priority: 'HIGH' },
  { sourceType: 'CONDITION_PING', condition: 'No answer to ping', severity: 'CRITICAL', priority: 'HIGH' },
  { sourceType: 'CONDITION_DISK_FREE_SPACE', condition: 'Disk almost full', severity: 'MAJOR', priority: 'MEDIUM' },
  { sourceType: 'CONDITION_CPU', condition: 'Processor busy', severity: 'MODERATE', priority: 'LOW' },
  { sourceType: 'CONDITION_WINDOWS_SERVICE', condition: 'Service stopped', severity: 'MINOR', priority: 'NONE' },
] as const;

/** @param only the one kind of source it may come from; any, when absent */
export function newAlert(number: number, device: Device, draw: Random, at: number, only?: string): Alert {
  const kinds = conditions.filter(({ sourceType }) => only === undefined || sourceType === only);
  const { sourceType, condition, severity, priority } = draw.pick(kinds);
  return {
    uid: uuid(0xaaaaaaaa, number),
    device: device.id,
    message: `${condition} on ${device.systemName}`,
    created: at,
    updated: at,
    sourceType,
    condition,
    subject: `${device.systemName}: ${condition}`,
    severity,
    priority,
    ticket: draw.chance(0.2) ? 2000 + number : null,
  };
}

/** What a connection is expected to hold once the clients' companies are in the portal, and edits as people at the vendor make them. */
import type { Controlled } from '../../../src/simulator/control.ts';
import { controlledBy, controls, revised } from '../../../src/simulator/kinds.ts';
import type { Instance } from './instance.ts';
import type { Alert, Device, Location, Organization } from './model.ts';

export function controlled(instance: Instance): Controlled {
  const { organizations, locations, devices, alerts, clock } = instance;
  const ofClient = (organization: number) => organizations.get(organization)?.known === true;
  const isSynced = (device: Device | undefined) => device?.approval === 'APPROVED' && ofClient(device.organization);

  return controlledBy(instance.world.seed, {
    companies: {
      ...controls<Organization>({
        rows: () => [...organizations.values()].filter(({ known }) => known),
        expected: ({ id, name }) => ({ externalId: String(id), name, updatedAt: null }),
        change: () => {},
        remove: (organization) => instance.removeOrganization(organization),
        create: () => instance.createOrganization(),
      }),
      // Nothing of an organization but its name is read, and that only to find its company.
      change: () => [],
    },
    locations: controls<Location>({
      rows: () => [...locations.values()].filter(({ organization }) => ofClient(organization)),
      expected: ({ id, name, organization }) => ({
        externalId: String(id),
        name,
        companyExternalId: String(organization),
        updatedAt: null,
      }),
      change: (location) => {
        location.name = revised(location.name);
        instance.log('SYSTEM', 'LOCATION_UPDATED', `Location ${location.name} updated`);
      },
      remove: (location) => instance.removeLocation(location),
      create: () => instance.createLocation(),
    }),
    devices: controls<Device>({
      rows: () => [...devices.values()].filter(isSynced),
      expected: (device) => ({
        externalId: String(device.id),
        name: device.systemName,
        companyExternalId: String(device.organization),
        updatedAt: new Date(device.lastUpdate).toISOString(),
      }),
      change: (device) => {
        device.displayName = revised(device.displayName ?? 'Desk');
        device.lastUpdate = clock.now();
        instance.log('DEVICE', 'NODE_UPDATED', 'Display name changed', device.id);
      },
      remove: (device) => instance.removeDevice(device),
      create: () => instance.createDevice(),
    }),
    alerts: controls<Alert>({
      rows: () => [...alerts.values()].filter(({ device }) => isSynced(devices.get(device))),
      expected: ({ uid, subject, device, updated }) => ({
        externalId: uid,
        title: subject,
        deviceExternalId: String(device),
        updatedAt: new Date(updated).toISOString(),
      }),
      change: (alert) => {
        alert.message = revised(alert.message);
        alert.updated = clock.now();
      },
      remove: (alert) => instance.removeAlert(alert),
      create: () => instance.createAlert(),
    }),
  });
}

import { describe, expect, test } from 'vitest';
import {
  inWords,
  mapped,
  time,
  toAlert,
  toAntivirus,
  toDevice,
  toDeviceState,
  toHealth,
  toLocation,
  toOrganization,
} from '../../../connectors/ninjarmm/mapping.ts';
import { alertRow, deviceRow, locationRow, organizationRow } from '../../../connectors/ninjarmm/rows.ts';

/** Invented values in the shape of live answers. */
const desk = {
  id: 41,
  uid: '11111111-2222-4333-8444-555555555555',
  organizationId: 2,
  locationId: 3,
  nodeClass: 'WINDOWS_WORKSTATION',
  approvalStatus: 'APPROVED',
  offline: false,
  displayName: 'Front desk',
  systemName: 'HOLT-FD-01',
  dnsName: 'HOLT-FD-01.holt.local',
  netbiosName: 'HOLT-FD-01',
  created: 1700000000.125,
  lastContact: 1772601234.567,
  lastUpdate: 1772600000.001,
  ipAddresses: ['fe80::1', '169.254.3.4', '10.20.0.31'],
  macAddresses: ['00:00:5E:00:53:01'],
  os: { name: 'Windows 11 Professional Edition' },
  system: { manufacturer: 'Dell Inc.', model: 'OptiPlex 7010', serialNumber: 'FAKE123', chassisType: 'DESKTOP' },
  lastLoggedInUser: 'HOLT\\jonas',
};
const gear = {
  id: 77,
  organizationId: 5,
  locationId: null,
  nodeClass: 'NMS_SWITCH',
  approvalStatus: 'APPROVED',
  offline: true,
  systemName: 'SW-EAST-1',
  created: 1710000000,
  lastContact: 1772000000.5,
  lastUpdate: 0,
  ipAddresses: ['10.60.0.2'],
  macAddresses: [],
};
const device = (row: object) => mapped(deviceRow, row, (parsed) => toDevice(parsed, {}));
const record = (row: object) => (device(row) as { record: Record<string, unknown> }).record;

describe('devices', () => {
  test('the detailed row in the published form', () => {
    expect(device(desk)).toEqual({
      kind: 'record',
      externalId: '41',
      modifiedAt: null,
      record: {
        name: 'HOLT-FD-01',
        displayName: 'Front desk',
        companyExternalId: '2',
        locationExternalId: '3',
        deviceTypeId: 'WINDOWS_WORKSTATION',
        deviceTypeName: 'Desktop',
        status: 'online',
        lastSeen: '2026-03-04T05:13:54.567Z',
        createdAt: '2023-11-14T22:13:20.125Z',
        updatedAt: '2026-03-04T04:53:20.001Z',
        ipAddress: '10.20.0.31',
        macAddress: '00:00:5E:00:53:01',
        lastUser: 'HOLT\\jonas',
        os: 'Windows 11 Professional Edition',
        manufacturer: 'Dell Inc.',
        model: 'OptiPlex 7010',
        serialNumber: 'FAKE123',
        integrationSource: 'ninjarmm',
        externalDeviceId: '41',
      },
    });
  });

  test('network gear tells no system: what is not told stays untold, and never is null', () => {
    const switched = record(gear);
    expect(switched).toMatchObject({
      deviceTypeName: 'Switch',
      status: 'offline',
      locationExternalId: null,
      updatedAt: null,
    });
    expect(switched).toMatchObject({ macAddress: null, ipAddress: '10.60.0.2' });
    for (const field of ['os', 'manufacturer', 'model', 'serialNumber']) expect(switched).not.toHaveProperty(field);
  });

  test('between full reads the last contact of a device that is online is not told', () => {
    const state = (row: object) => mapped(deviceRow, row, (parsed) => toDeviceState(parsed, { alertCount: 1 }));
    expect(state(desk)).toMatchObject({ record: { status: 'online', name: 'HOLT-FD-01', alertCount: 1 } });
    for (const field of ['lastSeen', 'updatedAt', 'deviceTypeName', 'ipAddress', 'lastUser']) {
      expect(state(desk)).not.toHaveProperty(`record.${field}`);
    }
    expect(state(gear)).toMatchObject({ record: { status: 'offline', lastSeen: '2026-02-25T06:13:20.500Z' } });
  });

  test.each([
    [{ systemName: ' ', dnsName: 'a.local' }, 'a.local'],
    [{ systemName: null, dnsName: null }, 'Front desk'],
    [{ systemName: undefined, dnsName: undefined, displayName: '' }, 'HOLT-FD-01'],
  ])('%o is called %s', (change, name) => {
    expect(record({ ...desk, ...change })).toMatchObject({ name });
  });

  test.each([
    ['LAPTOP', 'WINDOWS_WORKSTATION', 'Laptop'],
    [undefined, 'MAC', 'Workstation'],
    ['DESKTOP', 'WINDOWS_SERVER', 'Server'],
    [undefined, 'HYPERV_VMM_HOST', 'Hypervisor'],
    [undefined, 'NMS_VIRTUAL_MACHINE', 'Virtual machine'],
    [undefined, 'APPLE_IPADOS', 'Mobile'],
    [undefined, 'NMS_DIAL_MANAGER', 'Network device'],
    [undefined, 'MANAGED_DEVICE', 'Asset'],
    [undefined, 'SOMETHING_NEW', 'Other'],
  ])('chassis %s and class %s: %s', (chassisType, nodeClass, deviceTypeName) => {
    expect(record({ ...desk, nodeClass, system: { chassisType } })).toMatchObject({ deviceTypeName });
  });

  test('a serial number that only the firmware tells', () => {
    expect(record({ ...desk, system: { serialNumber: '', biosSerialNumber: 'BIOS-7' } })).toMatchObject({
      serialNumber: 'BIOS-7',
    });
  });

  test('hardware from the reports where the list has none', () => {
    const { os, system, ...bare } = desk;
    const item = toDevice(
      deviceRow.parse(bare),
      {},
      { os: { name: 'Ubuntu' }, system: { model: 'X1', chassisType: 'LAPTOP' } },
    );
    expect(item).toMatchObject({ record: { os: 'Ubuntu', model: 'X1', deviceTypeName: 'Laptop', manufacturer: null } });
  });

  test('one that is out of service is gone; one that waits for approval is held, and says so', () => {
    expect(device({ ...desk, approvalStatus: 'DECOMMISSIONED' })).toEqual({ kind: 'gone', externalId: '41' });
    expect(device({ ...desk, approvalStatus: 'PENDING' })).toMatchObject({
      kind: 'held',
      reason: 'not-selected',
      label: 'HOLT-FD-01',
      detail: expect.stringContaining('pending'),
    });
  });

  test('nothing but id and organization is certain, and members that nobody described are no error', () => {
    expect(device({ id: 9, organizationId: 2, memory: { capacity: 1 }, unheardOf: [] })).toMatchObject({
      kind: 'record',
    });
    expect(device({ id: 9, organizationId: null, systemName: 'PC' })).toMatchObject({
      kind: 'held',
      reason: 'malformed',
      externalId: '9',
      label: 'PC',
      detail: expect.stringContaining('organizationId'),
    });
  });
});

test('organizations and locations', () => {
  expect(mapped(organizationRow, { id: 2, name: 'Holt Dental LLC' }, toOrganization)).toMatchObject({
    externalId: '2',
    record: { name: 'Holt Dental LLC' },
  });
  const location = { id: 9, name: 'Campus', address: '', description: null, organizationId: 5 };
  expect(mapped(locationRow, location, toLocation)).toMatchObject({
    externalId: '9',
    record: { name: 'Campus', address: null, companyExternalId: '5' },
  });
});

test('alerts: the subject, else the condition, else what set it off', () => {
  const alert = {
    uid: 'aaaaaaaa-0000-4000-8000-000000000001',
    deviceId: 77,
    message: 'Device is down',
    createTime: 1772000100.25,
    updateTime: 1772000100.25,
    sourceType: 'CONDITION_PING',
    sourceName: 'Ping',
    subject: 'SW-EAST-1 down',
    priority: 'NONE',
    severity: 'CRITICAL',
    psaTicketId: 48213,
  };
  const title = (row: object) => mapped(alertRow, row, toAlert);
  expect(title(alert)).toMatchObject({
    externalId: alert.uid,
    record: {
      title: 'SW-EAST-1 down',
      deviceExternalId: '77',
      severity: 'Critical',
      priority: null,
      sourceName: 'Ping',
      ticketExternalId: '48213',
      createdAt: '2026-02-25T06:15:00.250Z',
    },
  });
  expect(title({ ...alert, subject: '', conditionName: 'Switch down' })).toMatchObject({
    record: { title: 'Switch down' },
  });
  expect(title({ ...alert, subject: null, sourceName: null })).toMatchObject({ record: { title: 'Device is down' } });
});

test('reports: absent counts are unknown, not zero', () => {
  expect(toHealth({ deviceId: 77, healthStatus: 'NEEDS_ATTENTION', alertCount: 1 })).toMatchObject({
    healthStatus: 'Needs attention',
    alertCount: 1,
    osPatchesPending: null,
    rebootReason: null,
  });
  expect(toAntivirus({ deviceId: 1, productName: 'Windows Defender', productState: 'ON' })).toEqual({
    antivirusName: 'Windows Defender',
    antivirusState: 'ON',
    antivirusDefinitions: null,
  });
});

test.each([
  [1689605132.309, '2023-07-17T14:45:32.309Z'],
  [1689605132309, '2023-07-17T14:45:32.309Z'],
  [0, null],
  [-1, null],
  [null, null],
  [undefined, null],
  [1e300, null],
])('the time %s is %s', (value, iso) => {
  expect(time(value)).toBe(iso);
});

test('codes in words', () => {
  expect([inWords('NEEDS_ATTENTION'), inWords('NONE'), inWords(''), inWords(null)]).toEqual([
    'Needs attention',
    null,
    null,
    null,
  ]);
});

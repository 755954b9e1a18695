/** The data paths. The same answers come under three prefixes. */
import { type Answer, Refusal, type Route, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import type { Faults } from '../../../src/simulator/faults.ts';
import { deviceFilter } from './device-filter.ts';
import { pathNotFound } from './failures.ts';
import type { Instance } from './instance.ts';
import type { Device } from './model.ts';
import { activityPage, afterPage, ReportCursors } from './paging.ts';
import {
  activityRow,
  alertRow,
  antivirusRows,
  deviceDetail,
  deviceRow,
  healthRow,
  isOffline,
  locationRow,
  nestedLocationRow,
  organizationDetail,
  organizationRow,
  osMember,
  type Presentation,
  systemMember,
} from './rows.ts';

const prefixes = ['/v2', '/api/v2', '/ws/api/v2'];
const listQuery = ['pageSize', 'after'];
const deviceQuery = [...listQuery, 'df', 'expand'];
const reportQuery = ['df', 'ts', 'cursor', 'pageSize'];
const activityQuery = [
  ...['class', 'before', 'after', 'olderThan', 'newerThan', 'type', 'status', 'user', 'seriesUid', 'df'],
  ...['sourceConfigUid', 'pageSize', 'lang', 'tz'],
];
const alertQuery = ['sourceType', 'df', 'lang', 'tz'];

export function readingRoutes(instance: Instance, faults: () => Faults): Route[] {
  const vendor = new Answers(instance, faults);
  const paths: readonly (readonly [path: string, query: readonly string[], handle: Route['handle']])[] = [
    ['/organizations', [...listQuery, 'of'], (request) => vendor.organizations(request, organizationRow)],
    ['/organizations-detailed', [...listQuery, 'of'], (request) => vendor.organizations(request, organizationDetail)],
    ['/organization/{id}', [], (request) => vendor.organization(request)],
    ['/organization/{id}/devices', listQuery, (request) => vendor.devicesOf(request)],
    ['/organization/{id}/locations', [], (request) => vendor.locationsOf(request)],
    ['/locations', listQuery, (request) => vendor.locations(request)],
    ['/devices', deviceQuery, (request) => vendor.devices(request, deviceRow)],
    ['/devices-detailed', deviceQuery, (request) => vendor.devices(request, deviceDetail)],
    ['/device/{id}', [], (request) => vendor.device(request)],
    ['/device/{id}/alerts', ['lang', 'tz'], (request) => vendor.alerts(request)],
    ['/device/{id}/activities', activityQuery.slice(1), (request) => vendor.activities(request)],
    ['/alerts', alertQuery, (request) => vendor.alerts(request)],
    ['/activities', activityQuery, (request) => vendor.activities(request)],
    ['/queries/device-health', [...reportQuery, 'health'], (request) => vendor.health(request)],
    [
      '/queries/antivirus-status',
      [...reportQuery, 'productState', 'productName'],
      (request) => vendor.report(request, antivirusRows),
    ],
    ['/queries/operating-systems', reportQuery, (request) => vendor.report(request, inventoryOf(osMember))],
    ['/queries/computer-systems', reportQuery, (request) => vendor.report(request, inventoryOf(systemMember))],
  ];
  return prefixes.flatMap((prefix) =>
    paths.map(
      ([path, query, handle]): Route => ({ method: 'GET', path: `${prefix}${path}`, kind: 'read', query, handle }),
    ),
  );
}

const inventoryOf = (member: (device: Device) => object) => (device: Device) =>
  device.hardware === null ? [] : [{ ...member(device), deviceId: device.id, timestamp: device.lastContact / 1000 }];

class Answers {
  readonly #instance: Instance;
  readonly #faults: () => Faults;
  readonly #cursors = new ReportCursors();

  constructor(instance: Instance, faults: () => Faults) {
    this.#instance = instance;
    this.#faults = faults;
  }

  organizations(request: SimulatorRequest, row: typeof organizationRow | typeof organizationDetail): Answer {
    const rows = [...this.#instance.organizations.values()].filter(({ id }) => this.#visible(id));
    return ok(this.#page(request, rows).map((each) => row(this.#view, each)));
  }

  organization({ params }: SimulatorRequest): Answer {
    const organization = this.#instance.organizations.get(Number(params.id));
    return ok(organizationDetail(this.#view, found(organization)));
  }

  locations(request: SimulatorRequest): Answer {
    const rows = [...this.#instance.locations.values()].filter(({ organization }) => this.#visible(organization));
    return ok(this.#page(request, rows).map((each) => locationRow(this.#view, each)));
  }

  locationsOf({ params }: SimulatorRequest): Answer {
    const { id } = found(this.#instance.organizations.get(Number(params.id)));
    return ok(this.#instance.locationsOf(id).map((each) => nestedLocationRow(this.#view, each)));
  }

  devices(request: SimulatorRequest, row: (view: Presentation, device: Device) => object): Answer {
    const expand = new Set((request.query.get('expand') ?? '').split(',').filter(Boolean));
    const page = this.#page(request, this.#filtered(request));
    return ok(page.map((each) => this.#odd(this.#expanded(row(this.#view, each), each, expand))));
  }

  devicesOf(request: SimulatorRequest): Answer {
    const { id } = found(this.#instance.organizations.get(Number(request.params.id)));
    const rows = this.#filtered({ ...request, query: new URLSearchParams() });
    const page = this.#page(
      request,
      rows.filter(({ organization }) => organization === id),
    );
    return ok(page.map((each) => deviceRow(this.#view, each)));
  }

  device({ params }: SimulatorRequest): Answer {
    return ok(deviceDetail(this.#view, found(this.#instance.devices.get(Number(params.id)))));
  }

  alerts(request: SimulatorRequest): Answer {
    const { params, query } = request;
    const devices = new Set(this.#filtered(request).map(({ id }) => id));
    const sourceType = query.get('sourceType');
    const rows = [...this.#instance.alerts.values()].filter(
      (alert) =>
        devices.has(alert.device) &&
        (params.id === undefined || alert.device === Number(params.id)) &&
        (sourceType === null || alert.sourceType === sourceType),
    );
    return ok(rows.map((each) => alertRow(this.#view, each)));
  }

  activities(request: SimulatorRequest): Answer {
    const all = this.#instance.activities;
    const { id } = request.params;
    const chosen = id === undefined ? all : all.filter(({ device }) => device === Number(id));
    const activities = activityPage(request, chosen).map(activityRow);
    if (this.#faults().isOn('bare-activities')) return ok(activities);
    // Of the whole account, whatever is asked for.
    return ok({ lastActivityId: all.at(-1)?.id ?? 0, activities });
  }

  health(request: SimulatorRequest): Answer {
    const wanted = request.query.get('health');
    return this.report(request, (device) => {
      const row = healthRow(this.#view, device);
      return wanted === null || row.healthStatus === wanted ? [row] : [];
    });
  }

  /** In an order of its own: by name. */
  report(request: SimulatorRequest, rowsOf: (device: Device) => readonly object[]): Answer {
    const devices = this.#filtered(request).sort((a, b) => (a.systemName < b.systemName ? -1 : 1));
    const faults = this.#faults();
    const renaming = faults.isOn('new-cursor-names');
    const capped = renaming || faults.isOn('page-cap');
    return this.#cursors.page(request, devices.flatMap(rowsOf), { capped, renaming });
  }

  get #view(): Presentation {
    const faults = this.#faults();
    return {
      instance: this.#instance,
      hostile: faults.isOn('hostile-text'),
      bare: faults.isOn('bare-devices'),
      allOffline: faults.isOn('outage'),
    };
  }

  #visible(organization: number): boolean {
    const { hidden = false } = this.#instance.organizations.get(organization) ?? {};
    return !hidden || this.#faults().isOn('stranger-organization');
  }

  #filtered({ query }: SimulatorRequest): Device[] {
    const view = this.#view;
    const keep = deviceFilter(query.get('df'), {
      offline: (device) => isOffline(view, device),
      decommissionedToo: this.#faults().isOn('decommissioned-listed'),
    });
    return [...this.#instance.devices.values()].filter((each) => this.#visible(each.organization) && keep(each));
  }

  #page<R extends { readonly id: number }>(request: SimulatorRequest, rows: readonly R[]): R[] {
    const faults = this.#faults();
    const inclusive = faults.isOn('inclusive-after');
    return afterPage(request, rows, { capped: inclusive || faults.isOn('page-cap'), inclusive });
  }

  #expanded(row: object, device: Device, expand: ReadonlySet<string>): object {
    if (expand.size === 0) return row;
    const organization = this.#instance.organizationOf(device);
    const location = device.location === null ? undefined : this.#instance.locations.get(device.location);
    return {
      ...row,
      references: {
        ...(expand.has('organization') && organization
          ? { organization: organizationRow(this.#view, organization) }
          : {}),
        ...(expand.has('location') && location ? { location: nestedLocationRow(this.#view, location) } : {}),
      },
    };
  }

  #odd(row: object): object {
    if (!this.#faults().isOn('odd-row')) return row;
    const first = [...this.#instance.devices.values()].find(({ approval }) => approval === 'APPROVED');
    const { id } = row as { id: number };
    return id === first?.id ? { ...row, organizationId: null, systemName: 7 } : row;
  }
}

function found<R>(row: R | undefined): R {
  if (row === undefined) throw new Refusal(pathNotFound());
  return row;
}

const ok = (body: unknown): Answer => ({ status: 200, body });

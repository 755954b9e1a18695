/** Every path that is read: discovery, queries, single rows, children, metadata. */

import type { Answer, Route, SimulatorRequest } from '../../../src/simulator/exchange.ts';
import type { Faults } from '../../../src/simulator/faults.ts';
import { hostileText } from '../../../src/simulator/hostile.ts';
import { errors } from './answers.ts';
import { type Entity, entities, entityNamed } from './entities.ts';
import { systemResource } from './fixed-ids.ts';
import { apiUser, type Gate } from './gate.ts';
import type { Instance } from './instance.ts';
import { entityInformation, fieldInformation, userDefinedFields } from './metadata.ts';
import { children, count, next, oneItem, type Queried, query } from './query.ts';
import type { Row } from './rows.ts';
import { timeOf } from './times.ts';

export interface AutotaskContext {
  readonly instance: Instance;
  readonly faults: Faults;
  readonly gate: Gate;
}

export const base = '/ATServicesRest/V1.0';

/** Names of properties ignore case; these two spellings are in use. */
const queryBody = ['filter', 'Filter', 'MaxRecords', 'maxRecords', 'IncludeFields', 'includeFields'];

export function readingRoutes(context: AutotaskContext): Route[] {
  return [...discovery(context), ...[...entities.values()].flatMap((entity) => entityRoutes(context, entity))];
}

function entityRoutes(context: AutotaskContext, entity: Entity): Route[] {
  const root = `${base}/${entity.name}`;
  const read = (
    method: 'GET' | 'POST',
    path: string,
    query: readonly string[],
    handle: (request: SimulatorRequest, of: Queried) => Answer,
  ): Route => ({
    method,
    path: `${root}${path}`,
    kind: 'read',
    query,
    ...(method === 'POST' ? { body: queryBody } : {}),
    handle: (request) =>
      context.faults.isOn(`forbidden-${entity.name.toLowerCase()}`)
        ? errors('You do not have access to this entity.', 403)
        : handle(request, queried(context, entity, request)),
  });
  return [
    read('POST', '/query', [], query),
    read('GET', '/query', ['search'], query),
    read('POST', '/query/next', ['paging'], next),
    read('GET', '/query/next', ['paging', 'search'], next),
    read('POST', '/query/count', [], count),
    read('GET', '/query/count', ['search'], count),
    read('GET', '/entityInformation', [], () => entityInformation(entity, context.faults)),
    read('GET', '/entityInformation/fields', [], () => fieldInformation(entity, context.instance)),
    read('GET', '/entityInformation/userDefinedFields', [], () => userDefinedFields(entity)),
    read('GET', '/{id}', [], ({ params }, { present }) =>
      oneItem(visible(context, entity).get(Number(params.id)), present),
    ),
    ...childRoutes(entity.name).map(([path, child, parentField]) =>
      read('GET', path, [], (request) =>
        children(
          request,
          queried(context, entityNamed(child), request),
          (row) => row[parentField] === Number(request.params.id),
        ),
      ),
    ),
  ];
}

function childRoutes(parent: string): readonly (readonly [path: string, child: string, parentField: string])[] {
  if (parent === 'Companies') {
    return [
      ['/{id}/Contacts', 'Contacts', 'companyID'],
      ['/{id}/Locations', 'CompanyLocations', 'companyID'],
    ];
  }
  if (parent === 'Tickets') return [['/{id}/Notes', 'TicketNotes', 'ticketID']];
  return [];
}

function queried(context: AutotaskContext, entity: Entity, { urls, host }: SimulatorRequest): Queried {
  const foreign = context.faults.isOn('foreign-next-link');
  return {
    entity,
    rows: visible(context, entity).values(),
    present: presenter(context),
    repeatsRows: context.faults.isOn('repeats-rows'),
    origin: urls[foreign ? 'other' : host] ?? '',
  };
}

/** A right that is missing shows as an empty list. */
function visible({ instance, faults }: AutotaskContext, { name }: Entity): ReadonlyMap<number, Row> {
  if (faults.isOn(`hidden-${name.toLowerCase()}`)) return new Map();
  const table = instance.table(name);
  if (!faults.isOn('shown-late') || !name.startsWith('Ticket')) return table;
  const latest = instance.clock.now() - lateMs;
  const made = (row: Row) => timeOf(String(row.createDate ?? row.createDateTime)) ?? 0;
  return new Map([...table].filter(([, row]) => made(row) <= latest));
}
const lateMs = 30_000;

const texts = ['companyName', 'firstName', 'lastName', 'title', 'description'];

function presenter({ faults }: AutotaskContext): (row: Row) => Row {
  if (!faults.isOn('hostile-text')) return (row) => row;
  return (row) => {
    // Its name is the product's own, not a person's.
    if (row.id === systemResource) return row;
    const hostile: Row = { ...row };
    for (const name of texts) if (typeof row[name] === 'string') hostile[name] = hostileText(row[name], row.id);
    return hostile;
  };
}

function discovery({ faults, gate, instance }: AutotaskContext): Route[] {
  const open = (path: string, query: readonly string[], handle: Route['handle']): Route => ({
    method: 'GET',
    path,
    kind: 'open',
    query,
    handle,
  });
  return [
    open(`${base}/zoneInformation`, ['user'], ({ query, urls }) => {
      const user = query.get('user') ?? '';
      if (faults.isOn('unknown-user') || user.toLowerCase() !== apiUser.username.toLowerCase()) {
        return errors('Zone information could not be determined');
      }
      const url = faults.isOn('foreign-zone') ? 'https://webservices14.autotask.net.example' : urls[gate.home];
      return {
        status: 200,
        body: {
          zoneName: gate.home === 'main' ? 'AE02' : 'UK03',
          url: `${url}/ATServicesRest/`,
          webUrl: `${url}/`,
          ci: 700_123,
        },
      };
    }),
    open('/ATServicesRest/VersionInformation', [], () => ({ status: 200, body: { apiVersions: ['V1.0'] } })),
    {
      method: 'GET',
      path: `${base}/Version`,
      kind: 'read',
      query: [],
      handle: () => ({
        status: 200,
        body: { majorVersion: '2026', minorVersion: '2', build: String(instance.world.seed), customerType: 'Demo' },
      }),
    },
    {
      method: 'GET',
      path: `${base}/ThresholdInformation`,
      kind: 'read',
      query: [],
      handle: (request) => {
        const { requests, seconds } = request.quota();
        return {
          status: 200,
          body: {
            externalRequestThreshold: requests,
            requestThresholdTimeframe: seconds / 60,
            currentTimeframeRequestCount: gate.used(request),
          },
        };
      },
    },
  ];
}

/** A connection to Autotask: one wire, shared by reading, writing and the connection test. */
import type { Connection, ConnectorEnvironment } from '../../src/connector/contract.ts';
import { Names } from '../../src/connector/psa/names.ts';
import { psaSelection } from '../../src/connector/psa/selection.ts';
import { AutotaskApi } from './api.ts';
import { checks } from './checks.ts';
import { choices, lookups } from './lookups.ts';
import { grouping } from './mapping.ts';
import { read } from './reading.ts';
import { resourceWriter } from './resource-writer.ts';
import { ticketWriter } from './ticket-writer.ts';

export function openAutotask(environment: ConnectorEnvironment): Connection {
  const { options } = environment;
  const api = new AutotaskApi(environment);
  const selection = psaSelection(options, grouping);
  const names = new Names('Autotask', (signal, again) => lookups(api, signal, again));
  return {
    checks: (types) => checks(environment, api, types),
    read: (request) => read(api, names, selection, request),
    choices: (optionKey, signal) => choices(api, optionKey, signal),
    lookups: (signal) => names.lists(signal),
    writer: (type) => {
      if (type === 'tickets') return ticketWriter(api, names, selection, options);
      return type === 'users' && options.writeTechnicians === true ? resourceWriter(api) : undefined;
    },
  };
}

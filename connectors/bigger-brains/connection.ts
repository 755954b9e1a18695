/** Opens the source that the operator chose. */
import type { Connection, ConnectorEnvironment } from '../../src/connector/contract.ts';
import { csvSource } from './csv/source.ts';
import { restSource } from './rest/source.ts';
import { scormCloudSource } from './scormcloud/source.ts';
import { settingsOf } from './settings.ts';
import type { Source } from './source.ts';
import { xapiSource } from './xapi/source.ts';

export function openBiggerBrains(environment: ConnectorEnvironment): Connection {
  const source = sourceOf(environment);
  return {
    checks: (types) => source.checks(types),
    read: (request) => source.read(request),
    changes: (type) => source.changes(type),
    feedPosition: (type, signal) => {
      if (source.feedPosition === undefined) throw new Error(`There is no feed of ${type} in this source.`);
      return source.feedPosition(type, signal);
    },
  };
}

function sourceOf(environment: ConnectorEnvironment): Source {
  const settings = settingsOf(environment.options);
  switch (environment.credentials.mode) {
    case 'xapi':
      return xapiSource(environment, settings);
    case 'scormcloud':
      return scormCloudSource(environment, settings);
    case 'api':
      return restSource(environment, settings);
    default:
      return csvSource(environment, settings);
  }
}

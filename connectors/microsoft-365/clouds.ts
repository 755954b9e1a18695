/** Microsoft's clouds: separate worlds with a sign-in host and an API host each. The operator picks one and never types a host. */
import type { Credentials } from '../../src/connector/manifest.ts';
import type { RecordType } from '../../src/portal/records/index.ts';

interface Cloud {
  readonly label: string;
  readonly login: string;
  readonly graph: string;
  /** Record types that Microsoft does not offer there. */
  readonly lacks: readonly RecordType[];
}

const partnerCalls: readonly RecordType[] = ['delegatedAdmins'];

export const clouds = {
  global: {
    label: 'Microsoft 365 (commercial, and US Government GCC)',
    login: 'login.microsoftonline.com',
    graph: 'graph.microsoft.com',
    lacks: [],
  },
  usgov: {
    label: 'US Government GCC High (L4)',
    login: 'login.microsoftonline.us',
    graph: 'graph.microsoft.us',
    lacks: partnerCalls,
  },
  'usgov-dod': {
    label: 'US Government DoD (L5)',
    login: 'login.microsoftonline.us',
    graph: 'dod-graph.microsoft.us',
    lacks: partnerCalls,
  },
  china: {
    label: 'China, operated by 21Vianet',
    login: 'login.chinacloudapi.cn',
    graph: 'microsoftgraph.chinacloudapi.cn',
    lacks: ['secureScores', 'scoreControls', ...partnerCalls],
  },
} as const satisfies Record<string, Cloud>;

export interface Places {
  /** Origin of the sign-in host. */
  readonly login: string;
  /** Origin of the API host. */
  readonly graph: string;
  /** What a token is asked for: always the cloud's own name, wherever the API is. */
  readonly scope: string;
  readonly lacks: readonly RecordType[];
}

/** `simulator` puts another address in place of both hosts; its schema lets only this machine through. */
export function placesOf({ cloud: key = 'global', simulator }: Credentials): Places {
  const cloud: Cloud = clouds[key as keyof typeof clouds] ?? clouds.global;
  return {
    login: simulator || `https://${cloud.login}`,
    graph: simulator || `https://${cloud.graph}`,
    scope: `https://${cloud.graph}/.default`,
    lacks: cloud.lacks,
  };
}

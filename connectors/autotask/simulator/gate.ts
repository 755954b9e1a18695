/** What every signed-in call passes: the three headers, three calls at once per kind of record, and the tenant's hour. */
import { type Answer, isData, type Route, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import type { Faults } from '../../../src/simulator/faults.ts';
import { errors, unauthorised } from './answers.ts';
import { threadText, usedByOthers } from './faults.ts';

export const apiUser = {
  username: 'k3exampl3apikey0@ACME.EXAMPLE',
  secret: 'fAk3#Secret~0000',
  integrationCode: 'FAKE0CODE0EXAMPLE0000000000',
} as const;

const mostThreads = 3;

export class Gate {
  readonly #faults: Faults;
  /** Calls in work, by entity. There is one tracking identifier here. */
  readonly #inWork = new Map<string, number>();

  constructor(faults: Faults) {
    this.#faults = faults;
  }

  /** Which of the two hosts the account lives on. */
  get home(): 'main' | 'other' {
    return this.#faults.isOn('moved-zone') ? 'other' : 'main';
  }

  authorise({ headers, host }: SimulatorRequest): Answer | undefined {
    const known =
      String(headers.username ?? '').toLowerCase() === apiUser.username.toLowerCase() &&
      headers.secret === apiUser.secret &&
      headers.apiintegrationcode === apiUser.integrationCode;
    const accepted = known && host === this.home && !this.#faults.isOn('bad-credentials');
    return accepted ? undefined : unauthorised();
  }

  /** The same route, but a fourth call at once on its entity is refused, and a busy tenant is answered late. */
  guarded(route: Route): Route {
    if (!isData(route)) return route;
    const thread = route.path.split('/')[3]?.toLowerCase() ?? '';
    return {
      ...route,
      handle: async (request) => {
        const inWork = this.#inWork.get(thread) ?? 0;
        if (inWork >= mostThreads) return errors(threadText, 429);
        this.#inWork.set(thread, inWork + 1);
        try {
          await pause(this.#heldFor(request, thread));
          return await route.handle(request);
        } finally {
          this.#inWork.set(thread, (this.#inWork.get(thread) ?? 1) - 1);
        }
      },
    };
  }

  /** Requests of this hour, those of others included. */
  used(request: SimulatorRequest): number {
    const { used, requests } = request.quota();
    return used + Math.round(requests * (usedByOthers[this.#faults.active ?? ''] ?? 0));
  }

  #heldFor(request: SimulatorRequest, thread: string): number {
    if (this.#faults.isOn('held-threads')) return 100;
    if (thread === 'thresholdinformation') return 0;
    const share = this.used(request) / request.quota().requests;
    return share >= 0.75 ? 1000 : share >= 0.5 ? 500 : 0;
  }
}

const pause = (ms: number): Promise<void> =>
  ms === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms).unref());

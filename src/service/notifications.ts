import type { Engine } from '../engine/engine.ts';
import type { Log } from '../log/log.ts';
import { deliver, messageOf, type NotifyConfig } from './delivery.ts';
import { Transitions } from './transitions.ts';

/** Falling behind is no change of the engine: it is looked for this often, milliseconds. */
const lookEveryMs = 60_000;

/** Tells the operator's command or webhook of changes of state, once each. Returns what ends it. */
export function startNotifications(
  engine: Pick<Engine, 'getSnapshot' | 'subscribe'>,
  parts: { readonly config: () => NotifyConfig; readonly log: Log; readonly now?: () => number },
): () => void {
  const { config, log, now = Date.now } = parts;
  const transitions = new Transitions();
  const look = () => {
    for (const notice of transitions.next(engine.getSnapshot(), now())) {
      const { command, webhook } = config();
      if (command === undefined && webhook === undefined) continue;
      const { event, integration } = notice;
      deliver(config(), messageOf(notice, now())).then(
        () => log.info(`notified: ${event}`, { integration: integration.id }),
        (error: Error) =>
          log.error(`a notification was not delivered: ${error.message}`, { integration: integration.id, event }),
      );
    }
  };
  look();
  const unsubscribe = engine.subscribe(look);
  const timer = setInterval(look, lookEveryMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    unsubscribe();
  };
}

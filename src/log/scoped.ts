import type { Log, LogFields } from './log.ts';

/** The same log, every line with these fields too (an integration, a run). Closing is left to the owner of the log. */
export function scoped(log: Log, fields: LogFields): Log {
  return {
    debug: (message, more) => log.debug(message, { ...fields, ...more }),
    info: (message, more) => log.info(message, { ...fields, ...more }),
    warn: (message, more) => log.warn(message, { ...fields, ...more }),
    error: (message, more) => log.error(message, { ...fields, ...more }),
    close: () => {},
  };
}

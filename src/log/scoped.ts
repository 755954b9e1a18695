import type { Log, LogFields } from './log.ts';

/** The same log, every line with these fields too (an integration, a run). Its level and its end are its owner's business. */
export function scoped(log: Log, fields: LogFields): Log {
  return {
    debug: (message, more) => log.debug(message, { ...fields, ...more }),
    info: (message, more) => log.info(message, { ...fields, ...more }),
    warn: (message, more) => log.warn(message, { ...fields, ...more }),
    error: (message, more) => log.error(message, { ...fields, ...more }),
    level: log.level,
    close: () => {},
  };
}

/** The program's log: one JSON object per line, every one redacted. */
import { pino } from 'pino';
import { openLogFile } from './log-file.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What a line says beside its message: which integration, run, record type, record, and whatever helps. */
export interface LogFields {
  readonly integration?: string;
  readonly run?: string;
  readonly type?: string;
  readonly record?: string;
  readonly time?: never;
  readonly level?: never;
  readonly message?: never;
  readonly [key: string]: unknown;
}

export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** Less serious lines are dropped, from now on. */
  level: LogLevel;
  close(): void;
}

/** Takes whole lines, each with its line break. */
export interface LineSink {
  write(line: string): void;
}

export interface LogOptions {
  readonly file: string;
  /** Less serious lines are dropped. */
  readonly level: LogLevel;
  readonly redactor: { redact(text: string): string; redactDeep(value: unknown): unknown };
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly also?: LineSink | undefined;
}

export function createLog({ file, level, redactor, now, also }: LogOptions): Log {
  const destination = openLogFile(file);
  const logger = pino(
    {
      level,
      base: null,
      messageKey: 'message',
      timestamp: () => `,"time":"${new Date(now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    {
      write(line: string) {
        destination.write(line);
        also?.write(line);
      },
    },
  );
  // Redacted before it is turned into JSON: a secret that is all digits, replaced within a number, would break the line.
  const at =
    (name: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (logger.isLevelEnabled(name)) logger[name](redactor.redactDeep(fields), redactor.redact(message));
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    get level() {
      return logger.level as LogLevel;
    },
    set level(least) {
      logger.level = least;
    },
    close: () => destination.close(),
  };
}

/** What the doctor finds, and what it is given to look at. */
import type { LookupFunction } from 'node:net';
import type { CatalogueEntry } from '../../connector/catalogue.ts';
import type { Config } from '../../state/config.ts';
import type { Paths } from '../../state/paths.ts';
import type { DeepReadonly, State } from '../../state/schema.ts';

export type FindingGroup = 'program' | 'files' | 'state' | 'store' | 'process' | 'network' | 'sync' | 'records' | 'log';

export interface Finding {
  /** Stable, such as `disk` or `sync:halo-psa`. */
  readonly id: string;
  readonly group: FindingGroup;
  readonly status: 'ok' | 'warning' | 'failed' | 'untested';
  /** What was looked at, two or three words. */
  readonly title: string;
  /** What it looks like, when all is well or beside the cause. */
  readonly detail: string | null;
  readonly cause: string | null;
  /** What mends it, or who can. */
  readonly fix: string | null;
  /** A command line that mends it or shows more. */
  readonly command?: string;
}

/** What the caller knows of the terminal; the engine knows none. */
export interface TerminalFacts {
  readonly interactive: boolean;
  /** Why the full-screen console cannot run; null when it can. */
  readonly reason: string | null;
  readonly colour: string;
  readonly unicode: boolean;
  readonly columns: number;
  readonly rows: number;
}

/** The whole installation, as it lies on the disk. The doctor changes nothing of it. */
export interface House {
  readonly paths: Paths;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly catalogue: readonly CatalogueEntry[];
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly terminal?: TerminalFacts | undefined;
  /** Runs under way and waiting, where the engine is in this process. */
  readonly queue?: { readonly running: number; readonly waiting: number } | undefined;
  /** True: takes seconds on a large store. False: beside a screen that must not stand still. */
  readonly thorough: boolean;
  readonly signal: AbortSignal;
  readonly lookup?: LookupFunction | undefined;
  /** Free bytes and free files of the file system of a folder. */
  readonly room?: ((folder: string) => Promise<Room>) | undefined;
}

export interface Room {
  readonly bytes: number;
  /** Null: the file system does not count them. */
  readonly files: number | null;
}

/** Read once for all groups; null where it could not be read, which the group `state` tells. */
export interface Settings {
  readonly state: DeepReadonly<State> | null;
  readonly config: Config | null;
}

export type Look = (house: House, settings: Settings) => Promise<readonly Finding[]>;

interface Words {
  readonly detail?: string;
  readonly cause: string;
  readonly fix: string;
  readonly command?: string;
}

/** Findings of one group, with less to write. */
export function findings(group: FindingGroup) {
  const told =
    (status: Finding['status']) =>
    (id: string, title: string, words: Words): Finding => {
      const { detail = null, cause, fix, command } = words;
      return { id, group, status, title, detail, cause, fix, ...(command === undefined ? {} : { command }) };
    };
  return {
    ok: (id: string, title: string, detail: string | null = null): Finding => ({
      id,
      group,
      status: 'ok',
      title,
      detail,
      cause: null,
      fix: null,
    }),
    warning: told('warning'),
    failed: told('failed'),
    untested: told('untested'),
  };
}

/**
 * What crosses the engine's socket: one JSON value per line. First a greeting from the server and a hello from the client,
 * whose fields never change, so that any two versions can tell each other which they are; then calls, both ways.
 */
import type { Choice } from '../connector/manifest.ts';
import type { CheckView, Engine, TestInput, TestResult } from '../engine/engine.ts';
import type { Preview, PreviewInput } from '../engine/preview-commands.ts';
import type { RunProgress, Snapshot } from '../engine/snapshot.ts';
import type { SnapshotPatch } from './snapshot-patch.ts';

/** Grows when something is changed that the other side would misunderstand; what is only added does not count. */
export const protocol = 2;

/** The server's first line. */
export interface Greeting {
  readonly protocol: number;
  /** The program's version. */
  readonly program: string;
  readonly pid: number;
}

/** The client's first line. */
export interface Hello {
  readonly protocol: number;
  readonly program: string;
  /** `user@terminal/pid`: what the log says of commands from here. */
  readonly who: string;
  /** From the endpoint file, which only the same user can read. */
  readonly key: string;
}

/** The server's second line. */
export type Welcome = { readonly snapshot: Snapshot } | { readonly refused: string };

/** Methods of the engine that cross as they are. */
export const plainMethods = [
  'connect',
  'configure',
  'enable',
  'disable',
  'disconnect',
  'sync',
  'cancel',
  'runFirst',
  'draft',
  'saveDraft',
  'preferences',
  'savePreferences',
  'records',
  'countRecords',
  'record',
  'issues',
  'issueGroups',
  'dismissIssues',
  'restoreIssues',
  'retryIssues',
  'runs',
  'logs',
  'doctor',
  'explain',
  'duplicates',
  'changes',
  'propose',
  'retryChange',
  'withdrawChange',
  'editChange',
  'resolveConflict',
  'pendingMatches',
  'grid',
  'links',
  'link',
  'unlink',
  'createFromRow',
  'ignoreRow',
  'mergeRecords',
  'quickMatch',
  'lookups',
] as const satisfies readonly (keyof Engine)[];

export type PlainMethods = Pick<Engine, (typeof plainMethods)[number]>;

/** `call` is a number of the client's choice, by which it can be told how far it is, and can stop what it asked for. */
export interface ServerFunctions extends PlainMethods {
  test(call: number, input: TestInput): Promise<TestResult>;
  choices(call: number, input: TestInput, optionKey: string): Promise<readonly Choice[]>;
  preview(call: number, input: PreviewInput): Promise<Preview>;
  abort(call: number): void;
}

export interface ClientFunctions {
  changed(patch: SnapshotPatch): void;
  /** How far a call is: the checks of a test, the progress of a preview. */
  told(call: number, step: readonly CheckView[] | RunProgress): void;
}

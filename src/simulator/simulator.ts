/**
 * What every vendor simulator is: that vendor's API on loopback with invented data, as strict and as odd as
 * the real one. Written from the vendor's documented behaviour; shares no code with the connector.
 */
import type { RecordType } from '../portal/records/index.ts';

export interface SimulatorOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Number of tickets; the other types in proportion. Default 2,000. */
  readonly scale?: number;
  /** Same seed, same data. Default 1. */
  readonly seed?: number;
  /** A fault by name, on from the start. */
  readonly fault?: string | null;
  /** For a vendor that is connected in several ways: which one the credentials and totals are of. Default: the first. */
  readonly variant?: string;
  /** Refuse (and count) every parameter, header or body field the vendor does not document. */
  readonly strict?: boolean;
  /** Requests allowed per the vendor's window; default: generous, so that trying things is not slowed. */
  readonly limit?: number;
  /** The vendor's clock, epoch milliseconds. */
  readonly now?: () => number;
}

export interface RunningSimulator {
  readonly id: string;
  /** http://127.0.0.1:PORT */
  readonly url: string;
  /** What `connect` takes. */
  readonly credentials: Readonly<Record<string, string>>;
  /** How many records of each type a connection with default options ends up with. Live: follows changes. */
  totals(): Partial<Record<RecordType, number>>;
  close(): Promise<void>;
}

export interface SimulatorDefinition {
  readonly id: string;
  /** Names and one-line meanings. */
  readonly faults: Readonly<Record<string, string>>;
  /** The ways to connect, where there are several, and the faults that each can have. */
  readonly variants?: Readonly<Record<string, { readonly faults: readonly string[] }>>;
  start(options?: SimulatorOptions): Promise<RunningSimulator>;
}

/** A record's whole story: where it came from, what was done to it, or why it is not here. */
import type { RecordType } from '../../portal/records/index.ts';

export interface ExplainRequest {
  readonly type: RecordType;
  /** Its number, its whole name, the vendor's id, or the portal's. */
  readonly record: string;
  /** Only as this integration knows it. */
  readonly integration?: string;
}

export interface Story {
  readonly type: RecordType;
  readonly asked: string;
  /** `here`, `gone` (the vendor no longer lists it), `held` (a sync issue stands against it), or `missing`. */
  readonly outcome: 'here' | 'gone' | 'held' | 'missing';
  /** In one sentence. */
  readonly answer: string;
  /** What to do, where something is to be done. */
  readonly fix: string | null;
  /** The portal records that are meant; several when a number means something in two integrations. */
  readonly records: readonly { readonly id: string; readonly label: string }[];
  readonly lines: readonly StoryLine[];
}

export type Topic = 'record' | 'mapping' | 'link' | 'issue' | 'change' | 'written' | 'run' | 'log' | 'reading';

export interface StoryLine {
  readonly topic: Topic;
  /** ISO; null for what has no time. */
  readonly at: string | null;
  readonly integration: string | null;
  readonly text: string;
}

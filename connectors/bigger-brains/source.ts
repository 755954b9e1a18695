/** What each way of getting at the training records offers; the connection is the one that the operator chose. */
import type { CheckStep, Page, ReadRequest } from '../../src/connector/contract.ts';
import type { RecordTypeSpec } from '../../src/connector/manifest.ts';
import type { RecordType } from '../../src/portal/records/index.ts';

export interface Source {
  changes(type: RecordType): RecordTypeSpec['changes'];
  checks(types: readonly RecordType[]): readonly CheckStep[];
  read(request: ReadRequest): AsyncIterable<Page>;
  /** For `changes: 'feed'`. */
  feedPosition?(type: RecordType, signal: AbortSignal): Promise<string>;
}

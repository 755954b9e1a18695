/** A group of likely duplicates as lines of the screen: why, then each record. Pure. */
import type { DuplicateGroup, DuplicateRecord } from '../../../engine/duplicates/duplicate.ts';
import { sanitise } from '../../../text/sanitise.ts';
import type { NameOf } from '../../app/context.ts';
import type { Theme } from '../../widgets/theme.ts';
import type { Line } from '../lines.tsx';

export interface DuplicateRow {
  readonly group: DuplicateGroup;
  /** Undefined: the line that says why. */
  readonly record: DuplicateRecord | undefined;
  readonly line: Line;
}

export function duplicateRows(group: DuplicateGroup, { style }: Theme, nameOf: NameOf): readonly DuplicateRow[] {
  const { confidence, reasons, records } = group;
  const share = `${Math.round(confidence * 100)} %`.padStart(5);
  return [
    { group, record: undefined, line: [{ text: `${share}  ${sanitise(reasons.join('; '))}`, style: style.muted }] },
    ...records.map((record) => ({
      group,
      record,
      line: [
        { text: `       ${sanitise(record.label)}` },
        {
          text:
            record.integration === null ? '' : `  ${nameOf(record.integration)} ${sanitise(record.externalId ?? '')}`,
          style: style.muted,
        },
      ],
    })),
  ];
}

import type { Column } from './columns.ts';
import type { TextStyle, Theme } from './theme.ts';

export type Status = 'connected' | 'disconnected' | 'error' | 'syncing';

export interface StatusLook {
  readonly glyph: string;
  readonly word: string;
  readonly style: TextStyle;
}

/** Word, glyph and colour of a status; each is enough alone. */
export function statusLook(status: Status, theme: Theme): StatusLook {
  const looks: Readonly<Record<Status, StatusLook>> = {
    connected: { glyph: theme.glyph.connected, word: 'Connected', style: theme.style.success },
    disconnected: { glyph: theme.glyph.disconnected, word: 'Disconnected', style: theme.style.muted },
    error: { glyph: theme.glyph.error, word: 'Error', style: theme.style.danger },
    syncing: { glyph: theme.glyph.syncing, word: 'Syncing', style: theme.style.active },
  };
  return looks[status];
}

/** A column that shows such a look of each row. */
export function lookColumn<Row>(
  column: Pick<Column<Row>, 'key' | 'title' | 'min' | 'priority'>,
  look: (row: Row) => StatusLook,
): Column<Row> {
  const value = (row: Row) => {
    const { glyph, word } = look(row);
    return `${glyph} ${word}`;
  };
  return { ...column, value, style: (row) => look(row).style };
}

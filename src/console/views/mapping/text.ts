/** A row of the mapping in words: no state is told by colour alone. Pure. */
import { count, counted } from '../../../text/format.ts';
import { sanitise } from '../../../text/sanitise.ts';
import type { Column } from '../../widgets/columns.ts';
import type { TextStyle, Theme } from '../../widgets/theme.ts';
import { isOpen, type MappingRow } from './rows.ts';

export function mappingColumns(theme: Theme): readonly Column<MappingRow>[] {
  const { style } = theme;
  const look = (row: MappingRow): TextStyle | undefined =>
    isOpen(row) ? style.warning : row.state === 'same' && !row.changed ? style.muted : undefined;
  return [
    { key: 'field', title: 'Field', min: 13, max: 24, priority: 7, value: ({ label }) => label },
    {
      key: 'vendor',
      title: 'At the vendor',
      min: 12,
      max: 36,
      priority: 9,
      value: ({ vendor }) => sanitise(vendor),
      style: look,
    },
    {
      key: 'portal',
      title: 'Called here',
      min: 12,
      max: 36,
      priority: 9,
      value: ({ portal }) => (portal === null ? '-' : sanitise(portal)),
      style: look,
    },
    {
      key: 'state',
      title: 'State',
      min: 15,
      max: 24,
      priority: 8,
      value: (row) => stateWords(row, theme),
      style: look,
    },
    {
      key: 'held',
      title: 'Held',
      min: 5,
      priority: 5,
      align: 'right',
      value: ({ held }) => (held === 0 ? '' : count(held)),
      raw: ({ held }) => held,
    },
  ];
}

function stateWords({ state, changed }: MappingRow, { glyph }: Theme): string {
  const open = { unmapped: 'no name here', nameless: 'no name there' };
  const settled = { same: "vendor's name", mapped: 'in the table', unlisted: 'not in its list' };
  if (state === 'unmapped' || state === 'nameless')
    return `${glyph.warning} ${open[state]}${changed ? ', not saved' : ''}`;
  return changed ? '* not saved' : settled[state];
}

/** How it stands with all of them, in a sentence. */
export function summary(rows: readonly MappingRow[], { glyph }: Theme): string {
  const open = rows.filter(isOpen);
  const held = open.reduce((sum, row) => sum + row.held, 0);
  if (rows.every(({ state }) => state === 'same')) return 'No table: every value is called as at the vendor.';
  if (open.length === 0) return 'Every value has a name here.';
  const holding = held === 0 ? '' : `; ${counted(held, 'record')} ${held === 1 ? 'is' : 'are'} held back for that`;
  return `${glyph.warning} ${counted(open.length, 'value')} without a name${holding}.`;
}

/** What it means for the records, and what to do. @param written what the vendor gets for the name, where several values have it */
export function about({ label, portal, state, held, changed }: MappingRow, written: string | null): string {
  const field = label.toLowerCase();
  const records = `${counted(held, 'record')} with it ${held === 1 ? 'is' : 'are'} held back`;
  switch (state) {
    case 'unmapped':
      return `The table of ${field} lacks it: ${held > 0 ? records : 'a record with it would be held back'}. Enter names it; a takes the vendor's name for every value that has none.`;
    case 'nameless':
      return `None of the vendor's lists has a name for it: ${records}. Ctrl-R reads the lists again; if it was deleted there, give its records another value at the vendor.`;
    case 'same':
      return `There is no table of ${field}, so every value is called as at the vendor. Enter gives this one another name and makes the table; a makes it with the vendor's names.`;
    case 'unlisted':
      return "The vendor's list no longer has it. - takes it out of the table.";
    case 'mapped': {
      const back =
        written === null
          ? ''
          : ` "${sanitise(portal ?? '')}" is written there as "${sanitise(written)}"; f writes the selected one.`;
      const waiting = held > 0 && !changed ? ` The next sync takes in what is held back.` : '';
      return `Enter gives it another name, - takes it out of the table.${back}${waiting}`;
    }
  }
}

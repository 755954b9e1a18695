/** The options form in words. Pure. */
import type { Manifest } from '../../../connector/contract.ts';
import { definitionOf } from '../../../portal/records/index.ts';
import { sanitise } from '../../../text/sanitise.ts';
import type { Theme } from '../../widgets/theme.ts';
import { choicesOf, chosen, type Live, type OptionRow, type OptionValues } from './options.ts';

/** Room for the longest label, within reason. */
export const labelCells = (manifest: Manifest) =>
  Math.min(36, Math.max(24, ...manifest.options.map(({ label }) => label.length + 4)));

/** What stands at the left; members of a set have none, and of the record types only the first. */
export function labelOf(row: OptionRow, before: OptionRow | undefined): string {
  switch (row.kind) {
    case 'interval':
      return 'Sync every';
    case 'initial':
      return 'Initial import';
    case 'type':
      return before?.kind === 'type' ? '' : 'Record types';
    case 'field':
      return row.field.label;
    default:
      return '';
  }
}

const box = (on: boolean) => (on ? '[x]' : '[ ]');

export function valueText(row: OptionRow, values: OptionValues, live: Live, { glyph }: Theme): string {
  switch (row.kind) {
    case 'interval':
      return `${[5, 15, 30].map((minutes) => (minutes === values.settings.intervalMinutes ? `[${minutes}]` : ` ${minutes} `)).join(' ')}  minutes`;
    case 'initial':
      return `${box(values.settings.initialImport)} bring in what exists already`;
    case 'type': {
      const { type, vendorName, direction } = row.spec;
      const both = direction === 'two-way' ? ', both ways' : '';
      return `${box(values.settings.types.includes(type))} ${definitionOf(type).label.padEnd(12)} from ${vendorName}${both}`;
    }
    case 'member':
      return `${box(chosen(row.field, values).includes(row.choice.value))} ${sanitise(row.choice.label)}`;
    case 'live':
      return row.live.state === 'loading'
        ? 'reading the choices from the vendor'
        : `${glyph.failed} ${sanitise(row.live.failure.cause)}  Space tries again.`;
    case 'field':
      return fieldValue(row, values, live);
  }
}

function fieldValue({ field }: OptionRow & { kind: 'field' }, values: OptionValues, live: Live): string {
  const value = values.options[field.key];
  switch (field.kind) {
    case 'boolean':
      return `${box(value === true)} ${value === true ? 'yes' : 'no'}`;
    case 'integer':
      return [String(value ?? field.fallback), field.unit].filter(Boolean).join(' ');
    case 'text':
      return sanitise(String(value ?? field.fallback));
    case 'choices': {
      const number = chosen(field, values).length;
      return number === 0 ? 'all (none chosen)' : `${number} chosen`;
    }
    case 'choice': {
      const known = choicesOf(field, live);
      const label =
        known.state === 'loaded' ? known.choices.find((choice) => choice.value === value)?.label : undefined;
      return `< ${sanitise(label ?? String(value ?? ''))} >`;
    }
  }
}

/** What the current row means; for a failed reading, how to mend it. */
export function helpOf(row: OptionRow, values: OptionValues): string {
  switch (row.kind) {
    case 'interval':
      return 'How often changes are read. Left and right change it.';
    case 'initial':
      return values.settings.initialImport
        ? 'Everything that exists at the vendor is read once, then only changes.'
        : 'Only what changes from now on is read; what exists already stays out.';
    case 'type':
      return [`Needs ${row.spec.permission} at the vendor.`, row.spec.note].filter(Boolean).join(' ');
    case 'live':
      return row.live.state === 'failed' ? sanitise(row.live.failure.fix) : '';
    default:
      return row.field.help;
  }
}

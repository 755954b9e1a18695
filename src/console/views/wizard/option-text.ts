/** The options form in words. Pure. */
import type { Manifest } from '../../../connector/manifest.ts';
import { definitionOf } from '../../../portal/records/index.ts';
import { sanitise } from '../../../text/sanitise.ts';
import type { Theme } from '../../widgets/theme.ts';
import { choicesOf, chosen, conflictRules, type Live, type OptionRow, type OptionValues } from './options.ts';

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
    case 'conflicts':
      return 'Changed on both sides';
    case 'read-only':
      return 'Read only';
    case 'blanks-erase':
      return 'Blanks erase';
    case 'field':
      return row.field.label;
    default:
      return '';
  }
}

const box = (on: boolean) => (on ? '[x]' : '[ ]');
const yesOrNo = (on: boolean | undefined) => `${box(on === true)} ${on === true ? 'yes' : 'no'}`;

export function valueText(row: OptionRow, values: OptionValues, live: Live, { glyph }: Theme): string {
  switch (row.kind) {
    case 'interval':
      return `${[5, 15, 30].map((minutes) => (minutes === values.settings.intervalMinutes ? `[${minutes}]` : ` ${minutes} `)).join(' ')}  minutes`;
    case 'initial':
      return `${box(values.settings.initialImport)} bring in what exists already`;
    case 'type': {
      const { type, vendorName, direction } = row.spec;
      const both = direction === 'two-way' ? ', both ways' : '';
      return `${box(values.settings.types.includes(type))} ${definitionOf(type).label.padEnd(row.cells)} from ${vendorName}${both}`;
    }
    case 'conflicts': {
      const rule = values.settings.conflicts ?? 'ask';
      return conflictRules.map((each) => (each === rule ? `[${each}]` : ` ${each} `)).join(' ');
    }
    case 'read-only':
      return yesOrNo(values.settings.readOnly);
    case 'blanks-erase':
      return yesOrNo(values.settings.blanksErase);
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

const conflictHelp = {
  ask: 'The same field was changed here and at the vendor: it waits in the outbox until somebody says which counts.',
  vendor: "The same field was changed here and at the vendor: the vendor's value stays, ours is not sent.",
  portal: "The same field was changed here and at the vendor: ours is sent and replaces the vendor's.",
} as const;

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
    case 'conflicts':
      return conflictHelp[values.settings.conflicts ?? 'ask'];
    case 'read-only':
      return 'Nothing is written at the vendor; what is in the outbox waits.';
    case 'blanks-erase':
      return 'What the vendor leaves blank (an address, a phone) is emptied here too. No: it stays as it is.';
    case 'live':
      return row.live.state === 'failed' ? sanitise(row.live.failure.fix) : '';
    default:
      return row.field.help;
  }
}

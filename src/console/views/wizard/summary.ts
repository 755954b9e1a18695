/** What will be saved, as lines: nothing is a surprise afterwards. Pure. */
import type { Manifest, OptionField } from '../../../connector/manifest.ts';
import { definitionOf } from '../../../portal/records/index.ts';
import { sanitise } from '../../../text/sanitise.ts';
import { secretSummary } from '../../widgets/field-text.ts';
import type { Theme } from '../../widgets/theme.ts';
import { type Line, line, pair } from '../lines.tsx';
import type { WizardState } from './model.ts';
import { labelCells } from './option-text.ts';

export function summaryLines(manifest: Manifest, state: WizardState, width: number, theme: Theme): readonly Line[] {
  const at = { width, labels: labelCells(manifest), muted: theme.style.muted };
  const account = manifest.credentials.flatMap(({ key, label, secret }) => {
    const value = state.credentials[key] ?? '';
    const shown = value === '' ? (secret ? state.stored[key] : '') : secret ? secretSummary(value, theme.glyph) : value;
    return shown ? pair(label, sanitise(shown), at) : [];
  });
  const options = manifest.options.flatMap((field) => {
    const shown = told(field, state.options[field.key]);
    return shown === '' ? [] : pair(field.label, sanitise(shown), at);
  });
  const { intervalMinutes, initialImport, types } = state.settings;
  return [
    line(manifest.name, theme.style.strong),
    ...account,
    line(' '),
    ...pair('Sync every', `${intervalMinutes} minutes`, at),
    ...pair(
      'Initial import',
      initialImport ? 'everything that exists already' : 'no: only what changes from now on',
      at,
    ),
    ...pair('Record types', types.map((type) => definitionOf(type).label.toLowerCase()).join(', '), at),
    ...options,
  ];
}

/** An option's value in words. */
function told(field: OptionField, value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'all' : `${value.length} chosen`;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (field.kind === 'choice' && field.choices !== 'vendor') {
    return field.choices.find((choice) => choice.value === value)?.label ?? '';
  }
  return [value, field.kind === 'integer' ? field.unit : undefined].filter((part) => part !== undefined).join(' ');
}

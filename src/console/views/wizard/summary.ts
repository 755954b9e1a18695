/** What will be saved, as lines: nothing is a surprise afterwards. Pure. */
import type { Manifest } from '../../../connector/contract.ts';
import { definitionOf } from '../../../portal/records/index.ts';
import { sanitise } from '../../../text/sanitise.ts';
import { secretSummary } from '../../widgets/field-text.ts';
import type { Theme } from '../../widgets/theme.ts';
import { type Line, line, pair } from '../lines.tsx';
import type { WizardState } from './model.ts';

export function summaryLines(manifest: Manifest, state: WizardState, width: number, theme: Theme): readonly Line[] {
  const at = { width, labels: 24, muted: theme.style.muted };
  const account = manifest.credentials.flatMap(({ key, label, secret }) => {
    const value = state.credentials[key] ?? '';
    const shown = value === '' ? (secret ? state.stored[key] : '') : secret ? secretSummary(value, theme.glyph) : value;
    return shown ? pair(label, sanitise(shown), at) : [];
  });
  const options = manifest.options.flatMap((field) => {
    const value = state.options[field.key];
    const shown = Array.isArray(value)
      ? value.length === 0
        ? 'all'
        : `${value.length} chosen`
      : typeof value === 'boolean'
        ? value
          ? 'yes'
          : 'no'
        : String(value ?? '');
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

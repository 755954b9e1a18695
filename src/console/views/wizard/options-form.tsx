import { Box, Text } from 'ink';
import { useState } from 'react';
import type { Manifest } from '../../../connector/manifest.ts';
import type { TestInput } from '../../../engine/engine.ts';
import { fit } from '../../../text/width.ts';
import type { Area } from '../../app/area.ts';
import { useViewCommands } from '../../app/context.ts';
import { TextField } from '../../widgets/text-field.tsx';
import { useTheme } from '../../widgets/theme.ts';
import { useScroll } from '../../widgets/use-scroll.ts';
import { Lines, paragraph } from '../lines.tsx';
import { helpOf, labelCells, labelOf, valueText } from './option-text.ts';
import {
  change,
  isTyped,
  type OptionChange,
  type OptionRow,
  type OptionValues,
  optionRows,
  typedValue,
} from './options.ts';
import { useLiveChoices } from './use-live-choices.ts';

interface OptionsFormProps extends Area {
  readonly manifest: Manifest;
  readonly values: OptionValues;
  /** For the choices that are read from the vendor. */
  readonly input: TestInput;
  readonly initial: boolean;
  readonly cursor: number;
  readonly onCursor: (row: number) => void;
  readonly onChange: (change: OptionChange) => void;
}

/** Interval, record types and the connector's own options; one line each, Space or the arrows change it. */
export function OptionsForm(props: OptionsFormProps) {
  const { manifest, values, input, initial, width, height, onCursor, onChange } = props;
  const theme = useTheme();
  const labels = labelCells(manifest);
  const { live, retry } = useLiveChoices(manifest, input);
  const [typing, setTyping] = useState<{ key: string; text: string } | null>(null);
  const rows = optionRows(manifest, live, initial);
  const cursor = Math.min(props.cursor, rows.length - 1);
  const row = rows[cursor];
  const help = row === undefined ? '' : helpOf(row, values);
  const typed = isTyped(row) && typing?.key === row.field.key ? typedValue(row.field, typing.text) : null;
  const helpLines = paragraph(help, width, theme.style.muted).slice(0, 2);
  const rowsHeight = height - 3;
  const from = useScroll(cursor, rowsHeight, rows.length);

  const step = (direction: 1 | -1) => {
    if (row === undefined) return;
    if (row.kind === 'live') return retry();
    const result = change(row, direction, values, live);
    if (result !== null) onChange(result);
  };
  const move = (by: number) => {
    setTyping(null);
    onCursor(Math.max(0, Math.min(rows.length - 1, cursor + by)));
  };
  const moves = { down: () => move(1), up: () => move(-1) };
  useViewCommands({
    'wizard.down': moves.down,
    'wizard.up': moves.up,
    'list.down': moves.down,
    'list.up': moves.up,
    'form.change': () => step(1),
    'form.change-back': () => step(-1),
  });

  const type = (field: OptionRow & { kind: 'field' }, text: string) => {
    setTyping({ key: field.field.key, text });
    const result = typedValue(field.field, text);
    if ('value' in result) onChange({ type: 'option', key: field.field.key, value: result.value });
  };
  const shown = rows.slice(from, from + rowsHeight);
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      {shown.map((each, index) => {
        const isCurrent = from + index === cursor;
        const label = fit(`${isCurrent ? theme.glyph.pointer : ' '} ${labelOf(each, rows[from + index - 1])}`, labels);
        return (
          <Box key={rowKey(each)} width={width} height={1}>
            <Text {...(isCurrent ? theme.style.accent : theme.style.plain)}>{label}</Text>
            {isCurrent && isTyped(each) ? (
              <TextField
                value={typing?.key === each.field.key ? typing.text : String(values.options[each.field.key] ?? '')}
                onChange={(text) => type(each, text)}
                focused
                width={Math.min(30, width - labels)}
              />
            ) : (
              <Text wrap="truncate" {...(isCurrent ? theme.style.strong : theme.style.plain)}>
                {fit(valueText(each, values, live, theme), width - labels)}
              </Text>
            )}
          </Box>
        );
      })}
      <Box flexGrow={1} />
      {typed !== null && 'problem' in typed ? (
        <Lines lines={paragraph(typed.problem, width, theme.style.danger)} width={width} height={2} />
      ) : (
        <Lines lines={helpLines} width={width} height={2} />
      )}
    </Box>
  );
}

function rowKey(row: OptionRow): string {
  switch (row.kind) {
    case 'interval':
    case 'initial':
    case 'conflicts':
    case 'read-only':
    case 'blanks-erase':
      return row.kind;
    case 'type':
      return `type ${row.spec.type}`;
    case 'member':
      return `member ${row.field.key} ${row.choice.value}`;
    default:
      return `${row.kind} ${row.field.key}`;
  }
}

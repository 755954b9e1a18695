import { Box, Text } from 'ink';
import type { CredentialField, Manifest } from '../../../connector/manifest.ts';
import { fit, wrap } from '../../../text/width.ts';
import type { Area } from '../../app/area.ts';
import { useStore, useViewCommands } from '../../app/context.ts';
import { keyLabel } from '../../keys/key.ts';
import { ChoiceField } from '../../widgets/choice-field.tsx';
import { markdownLines } from '../../widgets/markdown.tsx';
import { TextField } from '../../widgets/text-field.tsx';
import { type Theme, useTheme } from '../../widgets/theme.ts';
import { useScroll } from '../../widgets/use-scroll.ts';
import { type Line, Lines, line, pair } from '../lines.tsx';
import { guideSection } from './guide-section.ts';
import { firstProblem, hasFolded, shownFields, shownProblem, type WizardAction, type WizardState } from './model.ts';

interface CredentialsStepProps extends Area {
  readonly manifest: Manifest;
  readonly guide: string;
  readonly state: WizardState;
  readonly dispatch: (action: WizardAction) => void;
  readonly onNext: () => void;
}

/** From here on the guide stands beside the fields instead of below. */
const besideFrom = 104;
const widestLabel = 32;

/** Step 2: one line per field, what is wrong with it under it, and the guide's words for the one in focus. */
export function CredentialsStep({ manifest, guide, state, dispatch, onNext, width, height }: CredentialsStepProps) {
  const theme = useTheme();
  const store = useStore();
  const fields = shownFields(manifest, state);
  const focus = Math.min(state.focus.credentials, fields.length - 1);
  const field = fields[focus];

  const move = (to: number) => {
    if (field !== undefined) dispatch({ type: 'visit', key: field.key });
    dispatch({ type: 'focus', form: 'credentials', row: (to + fields.length) % fields.length });
  };
  const choose = (direction: 1 | -1) => {
    const choices = field?.choices;
    if (field === undefined || choices === undefined) return;
    const at = choices.findIndex(({ value }) => value === (state.credentials[field.key] ?? field.fallback));
    const next = choices[(at + direction + choices.length) % choices.length];
    if (next !== undefined) dispatch({ type: 'type', key: field.key, value: next.value });
  };
  useViewCommands({
    'wizard.down': () => move(focus + 1),
    'wizard.up': () => move(focus - 1),
    'wizard.advanced': () => dispatch({ type: 'advanced' }),
    'form.change': () => choose(1),
    'form.change-back': () => choose(-1),
    'wizard.next': () => {
      const problem = firstProblem(manifest, state);
      // Enter goes through the fields first, as Tab does; at the last one it goes on.
      if (focus < fields.length - 1 && problem !== null) return move(focus + 1);
      if (problem === null) return onNext();
      dispatch({ type: 'visit-all', keys: fields.map(({ key }) => key) });
      dispatch({ type: 'focus', form: 'credentials', row: problem });
      store.say(`${fields[problem]?.label ?? 'A field'} has to be mended first.`);
    },
  });

  const beside = width >= besideFrom;
  const formWidth = beside ? Math.floor(width * 0.55) : width;
  // Each field may have further lines for its problem.
  const labels = Math.min(widestLabel, 3 + Math.max(...fields.map(({ label }) => label.length)));
  const problems = fields.flatMap((each) => problemLines(shownProblem(each, state), roomFor(formWidth, labels)));
  const tall = fields.length + problems.length + 3;
  const formHeight = beside ? height : Math.min(tall, Math.max(6, height - 5));
  const from = useScroll(focus, Math.max(1, formHeight - 3), fields.length);
  const helpWidth = beside ? width - formWidth - 3 : width;
  const help = field === undefined ? [] : helpLines(field, guide, helpWidth, theme);
  return (
    <Box flexDirection={beside ? 'row' : 'column'} width={width} height={height} overflow="hidden">
      <Box flexDirection="column" width={formWidth} height={formHeight} overflow="hidden" flexShrink={0}>
        {fields.slice(from).map((each, index) => (
          <Field
            key={each.key}
            field={each}
            state={state}
            dispatch={dispatch}
            focused={from + index === focus}
            labels={labels}
            width={formWidth}
          />
        ))}
        {hasFolded(manifest) && (
          <Text {...theme.style.muted}>
            {'  '}
            {keyLabel('ctrl+o')} {state.advanced ? 'shows fewer fields' : 'shows more fields, which most do not need'}
          </Text>
        )}
      </Box>
      <Box paddingLeft={beside ? 3 : 0} flexShrink={0}>
        <Lines lines={help} width={helpWidth} height={beside ? height : height - formHeight} />
      </Box>
    </Box>
  );
}

interface FieldProps {
  readonly field: CredentialField;
  readonly state: WizardState;
  readonly dispatch: (action: WizardAction) => void;
  readonly focused: boolean;
  /** Cells of the column of labels. */
  readonly labels: number;
  readonly width: number;
}

const roomFor = (width: number, labels: number) => Math.max(10, width - labels - 1);

function Field({ field, state, dispatch, focused, labels, width }: FieldProps) {
  const theme = useTheme();
  const value = state.credentials[field.key] ?? '';
  const problem = shownProblem(field, state);
  const marker = focused
    ? theme.glyph.pointer
    : problem !== null
      ? theme.glyph.failed
      : value !== ''
        ? theme.glyph.passed
        : ' ';
  const label = fit(`${marker} ${field.label}`, labels);
  const room = roomFor(width, labels);
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Box width={width}>
        <Text {...(focused ? theme.style.accent : problem !== null ? theme.style.danger : theme.style.plain)}>
          {label}
        </Text>
        {field.choices === undefined ? (
          <TextField
            value={value}
            onChange={(typed) => dispatch({ type: 'type', key: field.key, value: typed })}
            focused={focused}
            secret={field.secret}
            width={room}
            placeholder={placeholder(field, state)}
            separator={field.separator}
          />
        ) : (
          <ChoiceField
            choices={field.choices}
            value={value || (field.fallback ?? '')}
            onChange={(chosen) => dispatch({ type: 'type', key: field.key, value: chosen })}
            focused={focused}
          />
        )}
      </Box>
      {problemLines(problem, room).map((part) => (
        <Text key={part} {...theme.style.danger}>
          {' '.repeat(labels)}
          {part}
        </Text>
      ))}
    </Box>
  );
}

const problemLines = (problem: string | null, room: number): readonly string[] =>
  problem === null ? [] : wrap(problem, room);

function placeholder(field: CredentialField, state: WizardState): string {
  const stored = state.stored[field.key];
  if (field.secret && stored) return `${stored} is stored; leave empty to keep it`;
  if (field.fallback !== undefined) return `when empty: ${field.fallback}`;
  return field.required ? '' : 'may stay empty';
}

/** Where it is found, what it looks like, and what the guide says. */
function helpLines(field: CredentialField, guide: string, width: number, theme: Theme): readonly Line[] {
  const at = { width, labels: 9, muted: theme.style.muted };
  const section = guideSection(guide, field.key);
  return [
    line(field.label, theme.style.strong),
    ...pair('Where', field.where, at),
    ...pair('Example', field.example, { ...at, style: theme.style.muted }),
    ...(section === ''
      ? []
      : [line(' '), ...markdownLines(section, width, theme).map(({ text, style }) => line(text || ' ', style))]),
  ];
}

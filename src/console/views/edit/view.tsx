import { Box } from 'ink';
import { useState } from 'react';
import type { FieldValue } from '../../../connector/writer.ts';
import { InvalidInput } from '../../../engine/engine.ts';
import type { IntegrationView } from '../../../engine/snapshot.ts';
import { definitionOf } from '../../../portal/records/index.ts';
import { sanitise } from '../../../text/sanitise.ts';
import { useEngine, useIntegration, useMemory, useStore, useTitle, useViewCommands } from '../../app/context.ts';
import { moveCommands, moved } from '../../lists/cursor.ts';
import { type Theme, useTheme } from '../../widgets/theme.ts';
import { useScroll } from '../../widgets/use-scroll.ts';
import { type Line, Lines, paragraph } from '../lines.tsx';
import { propose } from '../propose.ts';
import { useLoaded } from '../use-loaded.ts';
import type { ViewProps } from '../view-props.ts';
import { type LoadedForm, loadForm } from './load.ts';
import { type Entries, edited, type FormRow, formRows, missingRow, proposed, typed } from './rows.ts';
import { among, choiceNames, recordsCalled } from './suggest.ts';

const labels = 18;
const none: Entries = {};

/** The form for a change of a record, a new record, a note, or for one of these that waits in the outbox. What comes of it goes there. */
export function EditView({ place, width, height }: ViewProps<'edit'>) {
  const theme = useTheme();
  const engine = useEngine();
  const store = useStore();
  const { kind, type, integration, record: id, change } = place;
  const view = useIntegration(integration);
  const definition = definitionOf(type);
  const [entered, setEntries] = useMemory<Entries | null>('entries', null);
  const [wanted, setCursor] = useMemory('cursor', 0);
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const loaded = useLoaded(() => loadForm(engine, place), JSON.stringify(place));
  useTitle(loaded?.title ?? null);
  const initial = loaded?.initial ?? none;
  const entries = entered ?? initial;
  const { fields, drop } = edited(initial, entries);
  const untouched = Object.keys(fields).length + drop.length === 0;

  const rows = loaded?.spec === undefined ? [] : formRows(kind, loaded.spec, definition, loaded.record);
  const cursor = Math.min(wanted, Math.max(0, rows.length - 1));
  const row = rows[cursor];

  const enter = (of: FormRow, value: FieldValue, shown: string) => {
    const { [of.field]: _, ...left } = problems;
    setProblems(left);
    setEntries({ ...entries, [of.field]: { value, shown } });
  };
  const ask = (of: FormRow) => {
    const shown = entries[of.field]?.shown ?? of.before;
    store.askText(
      {
        title: of.label,
        detail: `${of.required ? 'It is needed.' : 'No text empties the field.'} Enter takes it, Esc leaves it.`,
        value: shown,
        empty: true,
        ...(of.lines === undefined ? {} : { lines: of.lines }),
      },
      (text) => {
        const result = typed(of, text, definition);
        if ('problem' in result) return setProblems({ ...problems, [of.field]: result.problem });
        enter(of, result.value, text);
      },
    );
  };
  const pick = (of: FormRow, suggest: (text: string) => Promise<readonly { value: string; label: string }[]>) => {
    const empty = { value: '', label: '(nothing)' };
    const current = of.field in entries ? entries[of.field]?.value : loaded?.record?.[of.field];
    store.askPick(
      {
        title: of.label,
        detail: `Now: ${(entries[of.field]?.shown ?? of.before) || 'nothing'}. Arrows choose, Enter takes, Esc leaves it.`,
        current: String(current ?? ''),
        suggest: async (text) => [...(await suggest(text)), ...(of.required || text !== '' ? [] : [empty])],
      },
      ({ value, label }) => enter(of, value === '' ? null : value, value === '' ? '' : label),
    );
  };
  const choose = async (of: FormRow) => {
    if (of.kind === 'record' && of.to !== undefined) {
      const { to } = of;
      const company = to === 'companies' ? null : (entries.companyId?.value ?? loaded?.record?.companyId ?? null);
      const query = { type: to, integration, ...(typeof company === 'string' ? { company } : {}) };
      return pick(of, (text) => recordsCalled(engine, query, text));
    }
    const names = await choiceNames(engine, integration, of.list ?? '', view?.sync.mapping?.[type]?.[of.field]);
    // A vendor that gives no list takes what is typed, or refuses it.
    if (names.length === 0) return ask(of);
    pick(of, async (text) => among(names, text));
  };
  const edit = () => {
    if (row === undefined) return;
    if (row.reason !== null) return store.say(`${row.label} cannot be changed from here. ${row.reason}`);
    if (row.kind === 'flag') {
      const yes = (entries[row.field]?.shown ?? row.before) !== 'yes';
      return enter(row, yes, yes ? 'yes' : 'no');
    }
    if (row.kind === 'text' || row.kind === 'number') return ask(row);
    choose(row).catch(store.failed);
  };
  const put = () =>
    propose(store, {
      integration,
      type,
      kind,
      fields: proposed(kind, entries),
      ...(id === undefined ? {} : { recordId: id }),
    });
  const again = async (which: string) => {
    await engine.editChange(which, fields, drop);
    return 'Changed in the outbox; the next sync sends it.';
  };
  const save = () => {
    const missing = missingRow(rows, entries);
    if (missing !== undefined) {
      setCursor(rows.indexOf(missing));
      return setProblems({ ...problems, [missing.field]: `${missing.label} is needed.` });
    }
    if (untouched) return store.say('Nothing is changed yet. Enter changes the line.');
    store.attempt(async () => {
      try {
        const said = await (change === undefined ? put() : again(change));
        store.back();
        return said;
      } catch (error) {
        if (error instanceof InvalidInput) setProblems(byRow(error.problems, rows));
        throw error;
      }
    });
  };
  const leave = () => {
    if (untouched) return store.back();
    const detail = 'What was entered here is lost. s puts it into the outbox instead.';
    store.ask({ title: 'Leave the form?', detail }, store.back);
  };
  useViewCommands({
    ...moveCommands((move) => setCursor(moved(cursor, move, rows.length, height - 3))),
    'form.edit': edit,
    'form.revert': () => {
      if (row === undefined) return;
      const { [row.field]: _, ...left } = entries;
      setEntries(left);
    },
    'form.save': save,
    back: leave,
  });

  const inner = width - 2;
  const rowsHeight = Math.max(1, height - 3);
  const from = useScroll(cursor, rowsHeight, rows.length);
  const whole = wholeProblem(loaded, place.kind, view, rows.length) ?? problems[''];
  const below =
    row !== undefined && problems[row.field] !== undefined
      ? paragraph(problems[row.field] ?? '', inner, theme.style.danger)
      : whole !== undefined
        ? paragraph(whole, inner, theme.style.warning)
        : paragraph(row === undefined ? '' : hintOf(row), inner, theme.style.muted);
  return (
    <Box flexDirection="column" width={width} height={height} paddingX={1} overflow="hidden">
      <Lines
        lines={rows.map((each, index) =>
          rowLine(each, entries[each.field]?.shown, problems[each.field], index === cursor, theme),
        )}
        width={inner}
        height={rowsHeight}
        from={from}
      />
      <Box height={1} />
      <Lines lines={below} width={inner} height={2} />
    </Box>
  );
}

function rowLine(
  { label, required, before, reason }: FormRow,
  entered: string | undefined,
  problem: string | undefined,
  current: boolean,
  { glyph, style, arrow }: Theme,
): Line {
  const name = `${current ? glyph.pointer : ' '} ${label}${required ? ' *' : ''}`.padEnd(labels);
  const head = { text: name, style: current ? style.accent : reason === null ? style.plain : style.muted };
  if (reason !== null) return [head, { text: `${before || '-'}   read only: ${reason}`, style: style.muted }];
  const sign = problem === undefined ? '' : `${glyph.failed} `;
  if (entered === undefined) {
    return [
      head,
      { text: sign, style: style.danger },
      { text: before || '-', style: before ? style.plain : style.muted },
    ];
  }
  const was = before === '' || before === entered ? '' : `${before} ${arrow} `;
  return [
    head,
    { text: sign, style: style.danger },
    { text: was, style: style.muted },
    { text: sanitise(entered) || '(nothing)', style: style.strong },
  ];
}

function hintOf({ kind, required, reason }: FormRow): string {
  if (reason !== null) return `Read only. ${reason}`;
  const must = required ? ' It is needed.' : '';
  if (kind === 'flag') return `Enter says yes or no.${must}`;
  if (kind === 'choice' || kind === 'record') return `Enter opens the list.${must}`;
  return required ? 'Enter opens the line. It is needed.' : 'Enter opens the line; no text empties the field.';
}

/** Why nothing at all can be written; undefined: something can. */
function wholeProblem(
  loaded: LoadedForm | null,
  kind: string,
  view: IntegrationView | null,
  rows: number,
): string | undefined {
  if (loaded === null) return undefined;
  const { manifest, spec } = loaded;
  if (view?.sync.readOnly === true)
    return `${manifest.name} is read-only: nothing is written there. Its settings switch that off.`;
  const { optIn } = spec?.writes ?? {};
  if (optIn !== undefined && view?.options[optIn] !== true) {
    const label = manifest.options.find(({ key }) => key === optIn)?.label ?? optIn;
    return `Writing these is switched off: "${label}" in the settings of ${manifest.name} switches it on.`;
  }
  if (rows > 0) return undefined;
  const what = { create: 'made', update: 'changed', note: 'given notes' }[kind] ?? 'changed';
  return `${manifest.name} does not let these be ${what} from here.`;
}

/** Problems name the vendor's field where the form names the portal's record. */
function byRow(problems: InvalidInput['problems'], rows: readonly FormRow[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    problems.map(({ path, message }) => {
      const own = rows.find(({ field }) => field === path || path === field.replace(/Id$/, 'ExternalId'));
      return [own?.field ?? '', message];
    }),
  );
}

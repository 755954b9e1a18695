/** What the grid of companies shows, exports and suggests. */
import type { Engine } from '../../../engine/engine.ts';
import type { Grid, GridQuery, GridRow } from '../../../portal/link-commands.ts';
import { sanitise } from '../../../text/sanitise.ts';
import type { NameOf } from '../../app/context.ts';
import type { Suggestion } from '../../app/overlay.ts';
import type { Column } from '../../widgets/columns.ts';
import type { Theme } from '../../widgets/theme.ts';
import { recordsCalled } from '../edit/suggest.ts';

const type = 'companies';

/** For the clipboard and files. */
export const flat = ({ recordId, label, links }: GridRow) => ({ name: label, record: recordId, ...links });

/** Every row of a query, a page at a time. */
export async function* allRows(engine: Engine, query: GridQuery) {
  let after: string | null = null;
  do {
    const page: Grid = await engine.grid({ ...query, after, limit: 500 });
    yield* page.rows.map(flat);
    after = page.next;
  } while (after !== null);
}

/** The chosen integration never leaves a narrow window, and stands in brackets. */
export function columns(
  integrations: readonly string[],
  at: string | undefined,
  { style }: Theme,
  nameOf: NameOf,
): readonly Column<GridRow>[] {
  return [
    { key: 'name', title: 'Company', min: 22, max: 40, priority: 100, value: ({ label }) => sanitise(label) },
    ...integrations.map(
      (id, index): Column<GridRow> => ({
        key: id,
        title: id === at ? `[${nameOf(id)}]` : nameOf(id),
        min: Math.max(10, nameOf(id).length + 2),
        priority: id === at ? 99 : 50 - index,
        value: ({ links }) => sanitise((links[id] ?? []).join(' ')) || '-',
        style: ({ links }) => (links[id] === undefined ? style.warning : style.plain),
      }),
    ),
  ];
}

/** Rows of an integration: those that wait, and those that are another company now. */
export async function rowsOf(
  engine: Engine,
  integration: string,
  recordId: string,
  text: string,
): Promise<readonly Suggestion[]> {
  const needle = text.trim().toLowerCase();
  const waiting = (await engine.pendingMatches({ integration, type })).filter(({ label }) =>
    label.toLowerCase().includes(needle),
  );
  const others = await recordsCalled(engine, { type, integration }, text);
  const linked: Suggestion[] = [];
  for (const { value, label } of others.slice(0, 10)) {
    if (value === recordId) continue;
    const links = (await engine.links(type, value)).filter((link) => link.integration === integration);
    for (const { externalId } of links) linked.push({ value: externalId, label, detail: `${externalId}, linked now` });
  }
  return [
    ...waiting.map(({ externalId, label }) => ({ value: externalId, label, detail: `${externalId}, waits` })),
    ...linked,
  ];
}

/** A place as plain lines, one thing a line: what the screen shows there, to be read from top to bottom. */
import type { Place } from '../../commands/place.ts';
import type { Engine } from '../../engine/engine.ts';
import { reasons, todoOf } from '../../portal/issue-reasons.ts';
import { parseFilter } from '../../portal/records/filter.ts';
import { definitionOf } from '../../portal/records/index.ts';
import { labelOf } from '../../portal/records/names.ts';
import { counted, relativeTime } from '../../text/format.ts';
import { money } from '../../text/money.ts';
import { sanitise } from '../../text/sanitise.ts';
import { clock } from '../app/wording.ts';
import { readAll } from '../lists/read-all.ts';
import { accounts } from '../views/billing/accounts.ts';
import { loadCompany } from '../views/company/load.ts';
import { companyEntries } from '../views/company/sections.ts';
import { findingLines } from '../views/doctor/lines.ts';
import { duplicateRows } from '../views/duplicates/rows.ts';
import { storyLines } from '../views/explain/lines.ts';
import { overview } from '../views/integration/overview.ts';
import type { Line } from '../views/lines.tsx';
import { changeLines } from '../views/outbox/columns.ts';
import { cell } from '../views/records/columns.ts';
import { scoreLines } from '../views/score/summary.ts';
import type { Theme } from '../widgets/theme.ts';
import { sentenceOf } from './announce.ts';

/** Lines of a list; the command line gives all. */
const most = 20;

interface Told {
  readonly now: number;
  readonly theme: Theme;
}

export async function describe(place: Place, engine: Engine, { now, theme }: Told): Promise<readonly string[]> {
  const { integrations } = engine.getSnapshot();
  const nameOf = (id: string) => integrations.find((view) => view.id === id)?.name ?? id;
  const integration = 'integration' in place && place.integration ? { integration: place.integration } : {};
  const plain = (lines: readonly Line[]) =>
    lines
      .map((segments) =>
        segments
          .map(({ text }) => text)
          .join('')
          .trimEnd(),
      )
      .filter(Boolean);
  switch (place.view) {
    case 'integration': {
      const view = integrations.find(({ id }) => id === place.id);
      return view === undefined
        ? []
        : [view.name, ...plain(overview(view, { width: 200, now, theme }, { account: {} }))];
    }
    case 'records': {
      const definition = definitionOf(place.type);
      const filter = parseFilter(place.filter ?? '', definition, now);
      if (!filter.ok) return [filter.problem];
      const query = { type: place.type, where: filter.where, ...integration };
      const { records } = await engine.records({ ...query, limit: most });
      const total = await engine.countRecords(query);
      const fields = Object.entries(definition.columns)
        .filter(([, { priority }]) => priority !== undefined)
        .sort(([, a], [, b]) => (a.priority ?? 0) - (b.priority ?? 0))
        .slice(0, 5);
      return [
        `${counted(total, definition.singular, definition.label.toLowerCase())}${total > most ? `, the first ${most}:` : ':'}`,
        ...records.map((record) =>
          fields
            .flatMap(([field, { label }]) => (cell(record[field]) === '' ? [] : [`${label} ${cell(record[field])}`]))
            .join(', '),
        ),
      ];
    }
    case 'issues': {
      const groups = await engine.issueGroups({ ...integration, ...place.group });
      if (groups.length === 0) return ['Every record synced: no issues.'];
      return groups.map(({ integration, type, reason, count: n, examples: [first] }) => {
        const rest = n === 1 ? '' : ` and ${counted(n - 1, 'more', 'more')}`;
        const what = type === null ? '' : ` ${labelOf(type).toLowerCase()}`;
        const example = `${sanitise(first?.label ?? '')}${rest}. ${sanitise(first?.detail ?? '')}`;
        return `${nameOf(integration)}, ${reasons[reason].label}${what}: ${example} ${todoOf({ reason, type, detail: first?.detail })}`;
      });
    }
    case 'logs': {
      const entries = await engine.logs({ ...integration, limit: most });
      return entries.map(({ time, level, message, integration }) =>
        [clock(time, true), level === 'info' ? '' : level, integration, sanitise(message)].filter(Boolean).join(' '),
      );
    }
    case 'guide':
      return (await engine.guide(place.id)).split('\n').filter((each) => each.trim() !== '');
    case 'company': {
      const picture = await loadCompany(engine, place.record, now);
      return picture === null ? [] : plain(companyEntries(picture, { width: 120, now, theme }).map(({ line }) => line));
    }
    case 'score': {
      const score = await engine.record('secureScores', place.record);
      return score === null ? [] : plain(scoreLines(score, 120, theme));
    }
    case 'billing': {
      const where = (field: string) => [{ field, op: '=', value: true }] as const;
      const all = accounts(
        await readAll(engine, { type: 'subscriptions', where: where('isActive') }, 5_000),
        await readAll(engine, { type: 'invoices', where: where('isOpen') }, 5_000),
        now,
      );
      return all
        .toSorted((a, b) => b.overdue - a.overdue)
        .slice(0, most)
        .map(({ name, monthly, open, overdue, currency, since }) => {
          const late =
            since === null ? '' : `, ${money(overdue, currency)} overdue, the oldest due ${relativeTime(since, now)}`;
          return `${sanitise(name)}: ${money(monthly, currency)} a month, ${money(open, currency)} open${late}.`;
        });
    }
    case 'outbox': {
      const changes = await engine.changes({ ...integration, limit: most });
      return changes.length === 0
        ? ['Nothing waits, and nothing was refused.']
        : changes.flatMap((change) => [sanitise(change.label), ...plain(changeLines(change, 200, theme, nameOf))]);
    }
    case 'matching': {
      const waiting = await engine.pendingMatches({});
      return waiting.length === 0
        ? ['No row waits: every one is known for what it is.']
        : waiting
            .slice(0, most)
            .map(({ integration, label, detail }) => `${nameOf(integration)}: ${sanitise(label)}. ${sanitise(detail)}`);
    }
    case 'conflict': {
      const [change] = await engine.changes({ id: place.change });
      return change === undefined ? [] : [sanitise(change.label), ...plain(changeLines(change, 200, theme, nameOf))];
    }
    case 'integrations':
    case 'activity':
      return integrations.map((view) => sentenceOf(view, now, theme));
    case 'edit':
      return ['Changes have a verb of their own: run msportal tickets edit RECORD --set FIELD=VALUE.'];
    case 'wizard':
      return [
        'Connecting has a screen of its own: run msportal connect ID --credentials FILE; msportal guide ID says what goes in.',
      ];
    case 'doctor':
      return plain(findingLines(await engine.doctor(), 200, theme));
    case 'duplicates': {
      const { groups } = await engine.duplicates(place.type, most);
      return plain(groups.flatMap((group) => duplicateRows(group, theme, nameOf)).map(({ line }) => line));
    }
    case 'explain': {
      const { type, record } = place;
      return plain(storyLines(await engine.explain({ type, record, ...integration }), 200, theme, nameOf));
    }
    case 'preview':
      return ['A preview takes its time: run msportal sync ID --dry-run, or msportal configure ID ... --dry-run.'];
    case 'settings':
      return ['Run msportal info.'];
  }
}

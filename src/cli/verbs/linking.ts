/** `matches`, `links`, `link`, `unlink` and `merge`: which of the vendors' rows are which of our records. */
import type { Engine } from '../../engine/engine.ts';
import type { PendingMatch } from '../../portal/link-commands.ts';
import { definitionOf, type RecordType } from '../../portal/records/index.ts';
import { columns } from '../columns.ts';
import type { Run } from '../context.ts';
import { exitCodes, UsageError } from '../exit.ts';
import { integrationOf, recordTypeOf } from '../integration.ts';
import { note, plain, print, printJson, printJsonLine } from '../output.ts';
import type { OptionValues } from '../parse.ts';

const typeOf = (options: OptionValues) => recordTypeOf(options.text('--type') ?? 'companies');

export const matches: Run = async ({ args: [action = 'list', externalId], options, json }, { open }) => {
  const integration = options.text('--integration');
  if (integration !== undefined) integrationOf(integration);
  const type = options.text('--type');
  const filter = {
    ...(integration === undefined ? {} : { integration }),
    ...(type === undefined ? {} : { type: recordTypeOf(type) }),
  };
  if (action === 'list') {
    const waiting = await (await open('look')).pendingMatches(filter);
    if (waiting.length === 0) note('No row waits for a decision.');
    for (const match of waiting) {
      if (json) await printJsonLine(match);
      else print(matchLines(match));
    }
    return exitCodes.done;
  }
  const engine = await open('own');
  if (action === 'quick') {
    for (const { to, ...row } of await engine.quickMatch(filter)) {
      if (json) await printJsonLine({ ...row, to });
      else
        print(
          plain(
            `${row.integration} ${row.externalId} ${row.label} = ${to.label} (${to.by}, ${percent(to.confidence)})`,
          ),
        );
    }
    return exitCodes.done;
  }
  if (action !== 'create' && action !== 'ignore') {
    throw new UsageError(`msportal matches does: list, quick, create, ignore; not "${action}".`);
  }
  if (externalId === undefined || integration === undefined) {
    throw new UsageError(`Say which row: msportal matches ${action} EXTERNAL-ID --integration ID`);
  }
  const row = { integration, type: typeOf(options), externalId };
  if (action === 'ignore') await engine.ignoreRow(row);
  const recordId = action === 'create' ? await engine.createFromRow(row) : null;
  if (json) printJson({ ...row, recordId });
  else if (recordId === null) print('It is ignored from now on.');
  else print(plain(`${await nameOf(engine, row.type, recordId)} is a record of its own now: ${recordId}`));
  return exitCodes.done;
};

export const links: Run = async ({ options, json }, { open }) => {
  const engine = await open('look');
  const connected = engine.getSnapshot().integrations.filter(({ configured }) => configured);
  const integrations = connected.map(({ id }) => id);
  const type = typeOf(options);
  const limit = options.integer('--limit', { min: 1 }) ?? 100;
  const search = options.text('--search');
  const missingOnly = options.has('--missing');
  const { rows, next } = await engine.grid({
    type,
    integrations,
    limit,
    missingOnly,
    ...(search === undefined ? {} : { search }),
  });
  if (json) {
    for (const row of rows) await printJsonLine(row);
    return exitCodes.done;
  }
  const cells = rows.map(({ recordId, label, links: of }) => [
    plain(label),
    ...integrations.map((id) => plain((of[id] ?? []).join(' ')) || '-'),
    recordId,
  ]);
  print(columns([['NAME', ...integrations.map((id) => id.toUpperCase()), 'RECORD'], ...cells]).join('\n'));
  if (next !== null) note('There are more; --limit N shows them, --search narrows them down.');
  return exitCodes.done;
};

export const link: Run = async ({ args: [id = '', externalId = '', recordId = ''], options, json }, { open }) => {
  integrationOf(id);
  const row = { integration: id, type: typeOf(options), externalId };
  const engine = await open('own');
  await engine.link(row, recordId);
  if (json) printJson({ ...row, recordId });
  else print(plain(`${id} ${externalId} is ${await nameOf(engine, row.type, recordId)} now.`));
  return exitCodes.done;
};

export const unlink: Run = async ({ args: [id = '', externalId = ''], options, json }, { open }) => {
  integrationOf(id);
  const row = { integration: id, type: typeOf(options), externalId };
  const done = await (await open('own')).unlink(row);
  if (!done) throw new UsageError(`${id} ${externalId} is linked to nothing.`);
  if (json) printJson({ ...row, recordId: null });
  else print('It is linked to nothing now; msportal matches asks what it is.');
  return exitCodes.done;
};

export const merge: Run = async ({ args: [keep = '', drop = ''], options, json }, { open }) => {
  const type = typeOf(options);
  const engine = await open('own');
  const dropped = await nameOf(engine, type, drop);
  await engine.mergeRecords(type, keep, drop);
  if (json) printJson({ type, recordId: keep, merged: drop });
  else print(plain(`${dropped} is part of ${await nameOf(engine, type, keep)} now, with all its links.`));
  return exitCodes.done;
};

/** What people call a record; its id where it has no name. */
async function nameOf(engine: Pick<Engine, 'record'>, type: RecordType, id: string): Promise<string> {
  const record = await engine.record(type, id);
  const [title = ''] = definitionOf(type).title;
  return String(record?.[title] ?? id);
}

function matchLines({ integration, type, externalId, label, detail, candidates }: PendingMatch): string {
  const lines = candidates.map(
    (each) => `    ${each.recordId}  ${plain(each.label)}  (${each.by}, ${percent(each.confidence)})`,
  );
  return [`${integration} ${plain(externalId)}  ${plain(label)}  (${type})`, `  ${plain(detail)}`, ...lines].join('\n');
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

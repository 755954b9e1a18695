/** `issues`: what did not sync, by reason; retry, dismiss and restore it. */
import { retriedText } from '../../engine/issue-words.ts';
import type { IssueFilter, IssueGroup, SyncIssue } from '../../portal/issue.ts';
import { isReason, reasons, todoOf } from '../../portal/issue-reasons.ts';
import { definitionOf } from '../../portal/records/index.ts';
import { labelOf } from '../../portal/records/names.ts';
import { counted, relativeTime } from '../../text/format.ts';
import { columns } from '../columns.ts';
import type { Context, Run } from '../context.ts';
import { exitCodes, UsageError } from '../exit.ts';
import { integrationOf, recordTypeOf } from '../integration.ts';
import { note, plain, print, printJson, printJsonLine } from '../output.ts';
import { didYouMean, type OptionValues } from '../parse.ts';

export const issues: Run = async ({ args: [action = 'list', id], options, json }, { open }) => {
  const scope = { ...filterOf(options), ...(id === undefined ? {} : { ids: [idOf(id)] }) };
  if (action === 'list') {
    const filter = options.has('--dismissed') ? { ...scope, includeDismissed: true } : scope;
    const engine = await open('look');
    return options.has('--all') || id !== undefined
      ? await printIssues(engine, filter, json)
      : await printGroups(await engine.issueGroups(filter), json);
  }
  if (action !== 'retry' && action !== 'dismiss' && action !== 'restore') {
    throw new UsageError(`msportal issues does: list, retry, dismiss, restore; not "${action}".`);
  }
  if (Object.keys(scope).length === 0) {
    throw new UsageError('Say which issues: an id of msportal issues --all, --integration, --type or --reason.');
  }
  const engine = await open('own');
  if (action === 'retry') {
    const retried = await engine.retryIssues(scope);
    const { runs, ...sums } = retried;
    if (json) printJson({ ...sums, runs: runs.map(({ id, runId, status }) => ({ id, runId, status })) });
    else print(plain(retriedText(retried)));
    return runs.every(({ status }) => status === 'succeeded') ? exitCodes.done : exitCodes.failed;
  }
  const ids = await (action === 'dismiss' ? engine.dismissIssues(scope) : engine.restoreIssues(scope));
  if (json) printJson({ ids });
  else print(`${counted(ids.length, 'issue')} ${action === 'dismiss' ? 'dismissed' : 'restored'}.`);
  return exitCodes.done;
};

function filterOf(options: OptionValues): IssueFilter {
  const [integration, type, reason] = ['--integration', '--type', '--reason'].map((flag) => options.text(flag));
  if (integration !== undefined) integrationOf(integration);
  const known = Object.keys(reasons);
  if (reason !== undefined && !isReason(reason)) {
    throw new UsageError(`There is no reason "${reason}".${didYouMean(reason, known)} Reasons: ${known.join(', ')}.`);
  }
  return {
    ...(integration === undefined ? {} : { integration }),
    ...(type === undefined ? {} : { type: recordTypeOf(type) }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function idOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is no id of an issue: msportal issues --all lists them.`);
}

async function printGroups(groups: readonly IssueGroup[], json: boolean) {
  if (groups.length === 0) note('Every record synced: no issues.');
  if (json) {
    for (const { examples, ...group } of groups) {
      await printJsonLine({
        ...group,
        todo: todoOf(group),
        examples: examples.map(({ id, label }) => ({ id, label })),
      });
    }
    return exitCodes.done;
  }
  const now = Date.now();
  for (const group of groups) {
    const { integration, type, reason, count: n, since, examples } = group;
    const what =
      type === null ? counted(n, 'issue') : counted(n, definitionOf(type).singular, labelOf(type).toLowerCase());
    const detail = n === 1 ? examples[0]?.detail : undefined;
    const { label } = reasons[reason];
    // What --reason takes, where it is not the same.
    const word = label === reason ? label : `${label} (${reason})`;
    print(`${integration}  ${what}: ${word}, since ${relativeTime(since, now)}`);
    print(`  ${examples.map(({ label }) => plain(label)).join(', ')}${n > examples.length ? ', ...' : ''}`);
    if (detail !== undefined && detail !== '') print(`  ${plain(detail)}`);
    print(`  ${todoOf({ type, reason, detail })}`);
  }
  return exitCodes.done;
}

/** Read a page at a time, so that a long list begins at once. */
const pageSize = 500;

async function printIssues(engine: Awaited<ReturnType<Context['open']>>, filter: IssueFilter, json: boolean) {
  let page: readonly SyncIssue[] = [];
  for (let offset = 0; offset === 0 || page.length === pageSize; offset += pageSize) {
    page = await engine.issues({ ...filter, limit: pageSize, offset });
    if (offset === 0 && page.length === 0) note('There is no such issue.');
    for (const issue of page) {
      if (json) await printJsonLine({ ...issue, todo: todoOf(issue) });
    }
    if (!json && page.length > 0) print(columns(page.map(cells)).join('\n'));
  }
  return exitCodes.done;
}

const cells = ({ id, integration, reason, label, detail, dismissed }: SyncIssue): string[] => [
  String(id),
  integration,
  `${reasons[reason].label}${dismissed ? ' (dismissed)' : ''}`,
  plain(label),
  plain(detail),
];

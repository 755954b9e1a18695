import type { DuplicateGroup } from '../../engine/duplicates/duplicate.ts';
import { duplicateTypes } from '../../engine/duplicates/duplicate.ts';
import { count } from '../../text/format.ts';
import type { Run } from '../context.ts';
import { exitCodes, UsageError } from '../exit.ts';
import { note, plain, print, printJson } from '../output.ts';
import { didYouMean } from '../parse.ts';

export const run: Run = async ({ args: [name], options, json }, { open }) => {
  const wanted = name === undefined ? duplicateTypes : duplicateTypes.filter((type) => type === name);
  if (wanted.length === 0) {
    throw new UsageError(
      `Duplicates are looked for among ${duplicateTypes.join(', ')}; "${name}" is none of them.${didYouMean(name ?? '', duplicateTypes)}`,
    );
  }
  const limit = options.integer('--limit', { min: 1 }) ?? 50;
  const engine = await open('look');
  const found: DuplicateGroup[] = [];
  let more = 0;
  for (const type of wanted) {
    const result = await engine.duplicates(type, limit);
    if (!json) note(`${count(result.compared)} ${type} compared, ${count(result.groups.length + result.more)} groups.`);
    found.push(...result.groups);
    more += result.more;
  }
  if (json) printJson({ groups: found, more });
  else {
    print(found.flatMap(groupLines).join('\n'));
    if (more > 0) note(`${count(more)} groups more; --limit N shows them.`);
    if (found.length > 0) {
      note(
        'What is one: msportal merge KEEP DROP --type TYPE, with the ids above. What is one at the vendor too is merged there.',
      );
    }
  }
  return exitCodes.done;
};

function groupLines({ type, confidence, reasons, records }: DuplicateGroup): string[] {
  return [
    `${String(Math.round(confidence * 100)).padStart(3)} %  ${type}: ${plain(reasons.join('; '))}`,
    ...records.map(({ id, label, integration, externalId }) => {
      const from = integration === null ? '' : `  (${plain(integration)} ${plain(externalId)})`;
      return `       ${id}  ${plain(label)}${from}`;
    }),
  ];
}

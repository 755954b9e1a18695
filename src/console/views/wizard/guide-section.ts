/** The guide's section for one field: what stands under `### <fieldKey>`, up to the next heading. Empty when there is none. */
export function guideSection(guide: string, fieldKey: string): string {
  const lines = guide.split('\n');
  const start = lines.findIndex((line) => line.trim() === `### ${fieldKey}`);
  if (start < 0) return '';
  const rest = lines.slice(start + 1);
  const length = rest.findIndex((line) => /^#{1,3} /.test(line));
  return rest
    .slice(0, length < 0 ? rest.length : length)
    .join('\n')
    .trim();
}

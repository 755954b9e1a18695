import { counted } from '../../text/format.ts';
import { useStore } from '../app/context.ts';
import { type ExportRow, exportName, writeExport } from '../export/write.ts';
import { useScreen } from '../terminal/screen-context.ts';

export interface ToExport {
  /** For the name of the file: `tickets`. */
  readonly what: string;
  readonly fields: readonly string[];
  readonly rows: () => Iterable<ExportRow> | AsyncIterable<ExportRow>;
}

/** Asks for a file and writes rows to it; hands rows to the clipboard as lines of JSON. */
export function useExport(): {
  toFile(given: ToExport): void;
  toClipboard(rows: readonly ExportRow[]): void;
} {
  const store = useStore();
  const screen = useScreen();
  return {
    toFile({ what, fields, rows }) {
      store.askText(
        {
          title: `Export ${what}`,
          detail: 'A name that ends in .csv or .jsonl. The file is made for your eyes only; none is written over.',
          value: exportName(what, new Date()),
        },
        (path) =>
          store.attempt(async () => {
            const done = await writeExport(path, fields, rows());
            return `${counted(done.rows, 'row')} written to ${done.path}`;
          }),
      );
    },
    toClipboard(rows) {
      if (rows.length === 0) return;
      const text = rows.map((row) => JSON.stringify(row)).join('\n');
      store.say(
        screen.copy(text)
          ? `${counted(rows.length, 'row')} sent to the terminal's clipboard as JSON.`
          : 'That is too much for a clipboard: X exports it to a file.',
      );
    },
  };
}

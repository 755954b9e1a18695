import { findings, type Look } from './finding.ts';

const { ok, warning, untested } = findings('program');
/** Smaller than this and the console only says that it needs more room. */
const smallest = { columns: 60, rows: 15 };

/** Node, and what the terminal can do. A Node that is too old never gets here. */
export const lookAtProgram: Look = async ({ terminal }) => [
  ok('node', 'Node', `${process.versions.node}, SQLite ${process.versions.sqlite ?? 'unknown'}`),
  terminal === undefined
    ? untested('terminal', 'Terminal', { cause: 'Nobody told which one it is.', fix: 'Run msportal doctor in it.' })
    : lookAtTerminal(terminal),
];

function lookAtTerminal(terminal: NonNullable<Parameters<Look>[0]['terminal']>) {
  const { interactive, reason, colour, unicode, columns, rows } = terminal;
  const detail = `${columns}x${rows}, ${colour === 'none' ? 'no colour' : `${colour} colours`}, ${unicode ? 'Unicode' : 'ASCII'}`;
  if (!interactive) {
    return untested('terminal', 'Terminal', {
      cause: `The full-screen console cannot run here: ${reason ?? 'this is no terminal.'}`,
      fix: 'Nothing to do for commands. For the console, use an interactive shell (ssh -t).',
    });
  }
  if (columns < smallest.columns || rows < smallest.rows) {
    return warning('terminal', 'Terminal', {
      detail,
      cause: `The window is too small for the console: it needs ${smallest.columns}x${smallest.rows}.`,
      fix: 'Make the window larger.',
    });
  }
  return ok('terminal', 'Terminal', detail);
}

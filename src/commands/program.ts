/** Verbs of the command line that have no place on the screen. */
import type { Command } from './command.ts';

const cliOnly = { keys: [], scope: [], dangerous: 'none' } as const;

export const programCommands: readonly Command[] = [
  {
    ...cliOnly,
    id: 'info',
    title: 'Versions and paths',
    cli: { verb: 'info', summary: 'Versions, and the path of every file.', args: [], options: [] },
  },
  {
    ...cliOnly,
    id: 'simulate',
    title: 'Run a vendor simulator',
    cli: {
      verb: 'simulate',
      summary: "A vendor's API on this machine with invented data, until it is stopped.",
      args: [{ name: 'ID', required: true, summary: 'the integration, such as halo-psa', of: 'integration' }],
      options: [
        { flag: '--port', value: 'N', summary: 'any free port when left out' },
        { flag: '--scale', value: 'N', summary: 'number of tickets (2000)' },
        { flag: '--seed', value: 'N', summary: 'same seed, same data (1)' },
        { flag: '--fault', value: 'NAME', summary: 'start with a fault switched on' },
        { flag: '--limit', value: 'N', summary: "requests allowed per the vendor's window" },
        { flag: '--strict', summary: 'refuse what the vendor does not document' },
      ],
    },
  },
  {
    ...cliOnly,
    id: 'demo',
    title: 'Demonstration',
    cli: {
      verb: 'demo',
      summary: 'All simulators with invented data in a temporary folder, and the console on them.',
      args: [],
      options: [
        { flag: '--once', summary: 'no screen: one sync of each, then a status table' },
        { flag: '--scale', value: 'N', summary: 'number of tickets (2000)' },
      ],
    },
  },
];

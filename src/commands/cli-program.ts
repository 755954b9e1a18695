/** The verbs of the program itself: as a service, its guides and simulators, and what a shell wants of it. Part of the table in cli.ts. */
import { integrationArgument, type Verb } from './verb.ts';

export const programVerbs = {
  serve: {
    verb: 'serve',
    summary: 'sync without a screen, in the foreground, for a service manager',
    args: [],
    options: [
      {
        flag: '--metrics',
        value: 'ADDRESS',
        summary: 'figures for Prometheus on [HOST:]PORT (default: none; HOST: 127.0.0.1)',
      },
      { flag: '--wait', summary: 'while another process holds the data folder, wait for it to end' },
      { flag: '--print-unit', summary: 'print a systemd unit for this program, data folder and user' },
    ],
    examples: [
      'msportal serve --metrics 9464',
      'msportal serve --print-unit | sudo tee /etc/systemd/system/msportal.service',
    ],
    details:
      'Log lines go to standard output as JSON. SIGTERM lets running pages finish, 20 seconds at most; SIGHUP reads config.json again. Consoles and commands of the same user attach to it.',
    untilStopped: true,
    reloads: true,
  },
  guide: {
    verb: 'guide',
    summary: 'where to click at the vendor, field by field',
    args: [integrationArgument],
    options: [],
    examples: ['msportal guide halo-psa'],
  },
  info: {
    verb: 'info',
    summary: 'versions, and where everything is kept',
    args: [],
    options: [],
    examples: ['msportal info --json'],
  },
  simulate: {
    verb: 'simulate',
    summary: "run a vendor's simulator with invented data, to try things out",
    args: [integrationArgument],
    options: [
      { flag: '--port', value: 'N', summary: 'listen on this port of 127.0.0.1 (default: any free one)' },
      { flag: '--scale', value: 'N', summary: 'number of tickets, the rest in proportion (default: 2000)' },
      { flag: '--seed', value: 'N', summary: 'same seed, same data (default: 1)' },
      {
        flag: '--variant',
        value: 'NAME',
        summary: 'for a vendor with several sources: which one (bigger-brains: xapi)',
      },
      { flag: '--fault', value: 'NAME', summary: 'misbehave in this way from the start' },
      { flag: '--strict', summary: 'refuse whatever the vendor does not document' },
      { flag: '--limit', value: 'N', summary: "requests allowed in the vendor's rate window" },
    ],
    examples: ['msportal simulate halo-psa --scale 20000', 'msportal simulate halo-psa --fault slow'],
    details:
      'The first line says in JSON where it listens, the credentials that `msportal connect` takes, and how many records it has. It runs until Ctrl-C.',
    untilStopped: true,
  },
  completion: {
    verb: 'completion',
    summary: 'print what makes a shell complete commands, options, integrations and record types',
    args: [{ name: 'SHELL', required: true, summary: 'bash, zsh or fish', of: 'shell' }],
    options: [],
    examples: [
      'source <(msportal completion bash)',
      'msportal completion fish > ~/.config/fish/completions/msportal.fish',
    ],
  },
  man: {
    verb: 'man',
    summary: 'print the manual page',
    args: [],
    options: [],
    examples: ['msportal man | man -l -'],
  },
  help: {
    verb: 'help',
    summary: 'say how a command is used',
    args: [{ name: 'COMMAND', required: false, summary: 'one of the commands', of: 'command' }],
    options: [],
    examples: ['msportal help connect'],
  },
  demo: {
    verb: 'demo',
    summary: 'connect everything to simulators in a temporary data folder',
    args: [],
    options: [
      { flag: '--once', summary: 'sync once and print the result, without opening the console' },
      { flag: '--scale', value: 'N', summary: 'number of tickets, the rest in proportion (default: 2000)' },
    ],
    examples: ['npm run demo', 'npm run demo -- --once --json'],
    hidden: true,
  },
} as const satisfies Record<string, Verb>;

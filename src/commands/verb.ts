/** What a verb of the command line is, and the arguments that many of them take. */

export interface CliArgument {
  readonly name: string;
  readonly required: boolean;
  readonly summary: string;
  /** What it can be completed with. */
  readonly of?: 'integration' | 'record-type' | 'command' | 'shell';
}

export interface VerbOption {
  /** With its dashes: `--full`. */
  readonly flag: string;
  /** Name of its value; absent: a switch. */
  readonly value?: string;
  readonly summary: string;
  /** May be given more than once. */
  readonly repeat?: boolean;
}

export interface Verb {
  readonly verb: string;
  readonly summary: string;
  readonly args: readonly CliArgument[];
  readonly options: readonly VerbOption[];
  readonly examples: readonly string[];
  /** More than the summary, where it needs saying. */
  readonly details?: string;
  /** `--json` prints one object per line, and every line as soon as it is known. */
  readonly jsonLines?: boolean;
  /** Being stopped by a signal is how it ends, not an interruption. */
  readonly untilStopped?: boolean;
  /** SIGHUP means: read the configuration again. */
  readonly reloads?: boolean;
  /** Not listed: part of how the project is tried out, not of operating it. */
  readonly hidden?: boolean;
}

export const integrationArgument: CliArgument = {
  name: 'ID',
  required: true,
  summary: 'the integration, such as halo-psa',
  of: 'integration',
};
export const oneOrAllIntegrations: CliArgument = { ...integrationArgument, required: false };

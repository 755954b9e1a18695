/** Completion scripts for shells, made from the table of verbs. They are static: completing starts no process. */
import { globalOptions, verbNames, verbOf } from '../commands/cli.ts';
import type { Verb, VerbOption } from '../commands/verb.ts';
import { shellQuoted } from '../text/shell.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** The words that an argument or the value of an option can be. */
export interface Words {
  readonly integrations: readonly string[];
  readonly recordTypes: readonly string[];
}

export function completion(shell: Shell, words: Words): string {
  return { bash, zsh, fish }[shell](words);
}

/** What a value is completed with: words, or the shell's own files and folders. */
type Source = readonly string[] | 'files' | 'folders';

function wordsOf({ value }: VerbOption, { integrations, recordTypes }: Words): Source {
  const sources: Readonly<Record<string, Source>> = {
    ID: integrations,
    TYPE: recordTypes,
    FILE: 'files',
    DIR: 'folders',
    LEVEL: ['debug', 'info', 'warn', 'error'],
    MINUTES: ['5', '15', '30'],
  };
  return sources[value ?? ''] ?? [];
}

function argumentsOf({ args }: Verb, { integrations, recordTypes }: Words): readonly string[] {
  const sources = { integration: integrations, 'record-type': recordTypes, command: listed, shell: shells };
  return args.flatMap(({ of }) => (of === undefined ? [] : sources[of]));
}

const listed = verbNames.filter((name) => !verbOf(name).hidden);
const flags = (options: readonly VerbOption[]) => options.map(({ flag }) => flag);
const valued = () => {
  const all = [...globalOptions, ...listed.flatMap((name) => verbOf(name).options)].filter(({ value }) => value);
  return [...new Map(all.map((option) => [option.flag, option])).values()];
};

function bash(words: Words): string {
  const values = valued().map((option) => {
    const source = wordsOf(option, words);
    if (source === 'files') return `    ${option.flag}) COMPREPLY=($(compgen -f -- "$cur")); return ;;`;
    if (source === 'folders') return `    ${option.flag}) COMPREPLY=($(compgen -d -- "$cur")); return ;;`;
    return `    ${option.flag}) COMPREPLY=($(compgen -W '${source.join(' ')}' -- "$cur")); return ;;`;
  });
  const verbs = listed.map((name) => {
    const verb = verbOf(name);
    const offered = [...argumentsOf(verb, words), ...flags(verb.options), ...flags(globalOptions)];
    return `    ${name}) words='${offered.join(' ')}' ;;`;
  });
  const takesValue = globalOptions.filter(({ value }) => value).map(({ flag }) => flag);
  return `# msportal completion for bash. Try it: source <(msportal completion bash)
_msportal() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} verb= words i
  case $prev in
${values.join('\n')}
  esac
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      ${takesValue.join('|')}) ((i++)) ;;
      -*) ;;
      *) verb=\${COMP_WORDS[i]}; break ;;
    esac
  done
  case $verb in
    '') words='${[...listed, ...flags(globalOptions)].join(' ')}' ;;
${verbs.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F _msportal msportal`;
}

function zsh(words: Words): string {
  const spec = (option: VerbOption) => {
    const repeat = option.repeat ? '*' : '';
    const told = `${option.flag}[${zshText(option.summary)}]`;
    return shellQuoted(
      option.value ? `${repeat}${told}:${option.value}:${action(wordsOf(option, words))}` : `${repeat}${told}`,
    );
  };
  const verbs = listed.map((name) => {
    const verb = verbOf(name);
    const args = verb.args.map(({ name: label, required }) => {
      const offered = argumentsOf(verb, words);
      return shellQuoted(`${required ? ':' : '::'}${label}:${action(offered)}`);
    });
    return `    ${name}) _arguments $shared ${[...args, ...verb.options.map(spec)].join(' ')} ;;`;
  });
  return `#compdef msportal
# msportal completion for zsh. Put it into a folder of $fpath as _msportal.
_msportal() {
  local -a shared=(${globalOptions.map(spec).join(' ')})
  local -a verbs=(${listed.map((name) => shellQuoted(`${name}:${verbOf(name).summary}`)).join(' ')})
  local context state state_descr line
  typeset -A opt_args
  _arguments -C $shared '1: :->verb' '*:: :->rest'
  case $state in
    verb) _describe command verbs ;;
    rest) _msportal_verb ;;
  esac
}
_msportal_verb() {
  case $words[1] in
${verbs.join('\n')}
  esac
}
compdef _msportal msportal`;
}

const action = (source: Source) =>
  source === 'files'
    ? '_files'
    : source === 'folders'
      ? '_files -/'
      : source.length > 0
        ? `(${source.join(' ')})`
        : ' ';
const zshText = (text: string) => text.replace(/[[\]:]/g, '\\$&');

function fish(words: Words): string {
  const option = (each: VerbOption, when: string) => {
    const source = each.value ? wordsOf(each, words) : null;
    const takes =
      source === null
        ? ''
        : source === 'files'
          ? ' -r -F'
          : source === 'folders'
            ? " -x -a '(__fish_complete_directories)'"
            : ` -x -a ${shellQuoted(source.join(' '))}`;
    return `complete -c msportal${when} -l ${each.flag.slice(2)}${takes} -d ${shellQuoted(each.summary)}`;
  };
  const verbs = listed.flatMap((name) => {
    const verb = verbOf(name);
    const when = ` -n '__fish_seen_subcommand_from ${name}'`;
    const offered = argumentsOf(verb, words);
    return [
      `complete -c msportal -n __fish_use_subcommand -a ${name} -d ${shellQuoted(verb.summary)}`,
      ...(offered.length > 0 ? [`complete -c msportal${when} -a ${shellQuoted(offered.join(' '))}`] : []),
      ...verb.options.map((each) => option(each, when)),
    ];
  });
  return `# msportal completion for fish. Put it into ~/.config/fish/completions/msportal.fish
complete -c msportal -f
${[...globalOptions.map((each) => option(each, '')), ...verbs].join('\n')}`;
}

import type { IssueFilter } from '../portal/issue.ts';
import type { MatchFilter, RowRef } from '../portal/link-commands.ts';
import type { Engine, TestInput } from './engine.ts';
import type { Proposal } from './outbox-commands.ts';

/** What a person does that others should see, and the integration it is about. */
export const commands: { readonly [K in keyof Engine]?: (...args: never[]) => string | undefined } = {
  connect: ({ id }: TestInput) => id,
  test: ({ id }: TestInput) => id,
  configure: (id: string) => id,
  enable: (id: string) => id,
  disable: (id: string) => id,
  disconnect: (id: string) => id,
  sync: (id: string) => id,
  cancel: (id: string) => id,
  runFirst: (id: string) => id,
  dismissIssues: () => undefined,
  restoreIssues: () => undefined,
  retryIssues: ({ integration }: IssueFilter) => integration,
  propose: ({ integration }: Proposal) => integration,
  retryChange: () => undefined,
  withdrawChange: () => undefined,
  editChange: () => undefined,
  resolveConflict: () => undefined,
  link: ({ integration }: RowRef) => integration,
  unlink: ({ integration }: RowRef) => integration,
  createFromRow: ({ integration }: RowRef) => integration,
  ignoreRow: ({ integration }: RowRef) => integration,
  mergeRecords: () => undefined,
  quickMatch: ({ integration }: MatchFilter) => integration,
  preview: ({ id }: TestInput) => id,
};

/** The engine, with `tell` called before every command: several people may act on one. */
export function attributed<E extends Engine>(
  engine: E,
  tell: (command: string, integration: string | undefined) => void,
): Engine {
  return new Proxy<Engine>(engine, {
    get(_, key) {
      const value = engine[key as keyof Engine];
      if (typeof value !== 'function') return value;
      const about = commands[key as keyof Engine];
      return (...args: never[]) => {
        if (about !== undefined) tell(String(key), about(...args));
        return (value as (...args: never[]) => unknown).apply(engine, args);
      };
    },
  });
}

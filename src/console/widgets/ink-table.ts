/**
 * Loads ink-table. It is a CommonJS module that requires Ink, and Ink waits at its top level, so requiring it fails
 * (ERR_REQUIRE_ASYNC_MODULE). It finds the Ink and the React that are already loaded in the module cache instead;
 * in the bundle too, where they are those of the bundle.
 */
import { createRequire, Module } from 'node:module';
import * as ink from 'ink';
import React, { type ComponentClass, type ComponentType, type ReactNode } from 'react';

export type InkTableRow = Readonly<Record<string, string>>;

export interface InkTableColumn {
  readonly key: string;
  readonly column: string;
  readonly width: number;
}

export interface InkTableProps {
  readonly data: readonly InkTableRow[];
  readonly columns?: readonly string[];
  readonly cell?: ComponentType<{ readonly column: number; readonly children?: ReactNode }>;
  readonly header?: ComponentType<{ readonly column: number; readonly children?: ReactNode }>;
  readonly skeleton?: ComponentType<{ readonly children?: ReactNode }>;
}

interface InkTableConfig extends InkTableProps {
  readonly padding: number;
}

/** The parts of ink-table's class that a subclass builds on. */
export interface InkTableInstance<Props extends InkTableProps> extends React.Component<Props> {
  getConfig(): InkTableConfig;
  heading(row: { key: string; columns: readonly InkTableColumn[]; data: InkTableRow }): ReactNode;
  data(row: { key: string; columns: readonly InkTableColumn[]; data: InkTableRow }): ReactNode;
}

export type InkTableClass = ComponentClass<InkTableProps> &
  (new <Props extends InkTableProps>(
    props: Props,
  ) => InkTableInstance<Props>);

function load(): InkTableClass {
  const require = createRequire(import.meta.url);
  const fromInkTable = createRequire(require.resolve('ink-table'));
  const seeded = [
    [fromInkTable.resolve('ink'), ink],
    [fromInkTable.resolve('react'), React],
  ] as const;
  const before = seeded.map(([path]) => require.cache[path]);
  for (const [path, exports] of seeded) {
    const module = new Module(path);
    module.exports = exports;
    module.loaded = true;
    require.cache[path] = module;
  }
  try {
    return (require('ink-table') as { default: InkTableClass }).default;
  } finally {
    seeded.forEach(([path], index) => {
      const module = before[index];
      if (module === undefined) delete require.cache[path];
      else require.cache[path] = module;
    });
  }
}

export const InkTable = load();

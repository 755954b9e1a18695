/** A verb as it is typed, on an engine of the test: what it prints on standard output, and how it ends. */
import { vi } from 'vitest';
import type { Run } from '../../src/cli/context.ts';
import { parse } from '../../src/cli/parse.ts';
import type { Engine } from '../../src/engine/engine.ts';

export async function typed(engine: Engine, run: Run, argv: readonly string[]) {
  let stdout = '';
  const take = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const context = { open: async () => engine, close: async () => {}, signal: new AbortController().signal };
    const code = await run(parse([...argv]), context);
    const lines = argv.includes('--json')
      ? stdout
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line))
      : [];
    return { code, stdout, lines };
  } finally {
    take.mockRestore();
  }
}

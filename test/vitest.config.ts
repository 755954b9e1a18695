import { readFile } from 'node:fs/promises';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  plugins: [
    {
      // The guides are bundled as text (see the build); tests load them the same way.
      name: 'markdown-as-text',
      enforce: 'pre',
      async load(id) {
        if (id.endsWith('.md')) return `export default ${JSON.stringify(await readFile(id, 'utf8'))}`;
        return null;
      },
    },
  ],
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    pool: 'forks',
    maxWorkers: 2,
    // Screens are tested with their styles; chalk looks at this once, when it is loaded.
    env: { FORCE_COLOR: '1' },
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: [['default', { summary: false }], new URL('./reporter.ts', import.meta.url).pathname],
  },
});

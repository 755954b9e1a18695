import { expect, test } from 'vitest';
import { width } from '../../../src/text/width.ts';
import { busyEngine } from './busy-engine.ts';
import { openConsole } from './open-console.tsx';

test('no view is ever higher or wider than the window, at any size', { timeout: 120_000 }, async () => {
  const { screen } = await openConsole({ columns: 80, rows: 24 }, busyEngine());
  const sizes = [60, 80, 90, 110, 200].flatMap((columns) => [15, 24, 50].map((rows) => [columns, rows] as const));
  const views: readonly (readonly string[])[] = [
    [],
    ['enter'],
    ['2'],
    ['3'],
    ['4'],
    ['5'],
    ['R'],
    ['enter'],
    ['U'],
    ['L'],
    ['k'],
    ['C'],
    ['enter'],
    ['I'],
    ['?'],
  ];
  for (const keys of views) {
    await screen.press(...keys);
    for (const [columns, rows] of sizes) {
      await screen.resize(columns, rows);
      // Ink draws a frame of the old size first.
      await screen.waitFor(() => /quit|Esc/.test(screen.lines().at(-1) ?? ''));
      const lines = screen.lines();
      const where = `${keys.join()} at ${columns}x${rows}\n${lines.join('\n')}`;
      expect(screen.scrolledOut, where).toBe(0);
      expect(lines[0], where).toContain('MSPortal');
      expect(lines.at(-1), where).toMatch(/quit|Esc/);
      for (const line of lines) expect(width(line), where).toBeLessThanOrEqual(columns);
    }
  }
  await screen.unmount();
});

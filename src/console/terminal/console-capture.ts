import { formatWithOptions } from 'node:util';

const methods = ['log', 'info', 'warn', 'error', 'debug'] as const;
const kept = 200;

/**
 * Keeps what libraries print away from the full-screen frame. Returns what ends the capture and gives back the last
 * lines, for the normal screen.
 */
export function captureConsole(): () => string {
  const lines: string[] = [];
  const originals = methods.map((method) => [method, console[method]] as const);
  const keep = (...values: unknown[]) => {
    lines.push(formatWithOptions({ colors: false }, ...values));
    if (lines.length > kept) lines.shift();
  };
  const onWarning = (warning: Error) => keep(`${warning.name}: ${warning.message}`);
  // Node prints warnings straight to stderr, past the console.
  const printers = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', onWarning);
  for (const method of methods) console[method] = keep;
  return () => {
    for (const [method, original] of originals) console[method] = original;
    process.off('warning', onWarning);
    for (const printer of printers) process.on('warning', printer);
    return lines
      .splice(0)
      .map((line) => `${line}\n`)
      .join('');
  };
}

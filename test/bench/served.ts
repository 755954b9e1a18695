/** The built program as a service with a simulator behind it, for benches. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const program = fileURLToPath(new URL('../../dist/msportal.js', import.meta.url));

export interface BenchedSimulator {
  totals(): Promise<Record<string, number>>;
  create(type: string, count: number): Promise<void>;
}

export class ServedFolder {
  readonly folder = mkdtempSync(join(tmpdir(), 'msportal-bench-'));
  readonly data = join(this.folder, 'data');
  readonly #children = new Set<ChildProcess>();

  start(args: readonly string[]): ChildProcess {
    const child = spawn(process.execPath, [program, ...args], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: this.#env,
    });
    this.#keep(child);
    return child;
  }

  get #env() {
    return { PATH: process.env.PATH, HOME: this.folder, MSPORTAL_DATA: this.data };
  }

  #keep(child: ChildProcess): void {
    this.#children.add(child);
    child.once('exit', () => this.#children.delete(child));
  }

  /** Starts it, and resolves with it and its first line of output. */
  async started(args: readonly string[]): Promise<{ child: ChildProcess; line: string }> {
    const child = this.start(args);
    const [line] = await once(createInterface(child.stdout!), 'line');
    child.stdout!.resume();
    return { child, line: line as string };
  }

  /** Starts it with its inspector open, and resolves with the address of that. */
  async inspected(args: readonly string[]): Promise<string> {
    const child = spawn(process.execPath, ['--inspect=127.0.0.1:0', program, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: this.#env,
    });
    this.#keep(child);
    const errors = createInterface(child.stderr);
    const address = new Promise<string>((resolve) => {
      errors.on('line', (line) => {
        const url = /^Debugger listening on (ws:\S+)$/.exec(line)?.[1];
        if (url !== undefined) resolve(url);
      });
    });
    await once(createInterface(child.stdout), 'line');
    child.stdout.resume();
    return await address;
  }

  /** Runs it to its end. Throws when it fails. */
  async run(args: readonly string[], input = ''): Promise<string> {
    const child = this.start(args);
    let out = '';
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stdin!.end(input);
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`msportal ${args.join(' ')} ended with ${code}: ${out}`);
    return out;
  }

  /** A simulator of Halo PSA, and an integration connected to it. */
  async connected(scale: number): Promise<BenchedSimulator> {
    // No limit on either side: it is our own work that is measured.
    mkdirSync(this.data);
    writeFileSync(join(this.data, 'config.json'), '{"integrations": {"halo-psa": {"requestsPerWindow": 1000000}}}');
    const args = ['simulate', 'halo-psa', '--scale', String(scale), '--limit', '1000000'];
    const { line } = await this.started(args);
    const { url, credentials } = JSON.parse(line);
    await this.run(['connect', 'halo-psa', '--credentials', '-', '--interval', '30'], JSON.stringify(credentials));
    return {
      totals: async () => (await (await fetch(`${url}/__sim/totals`)).json()) as Record<string, number>,
      create: async (type, count) => {
        await fetch(`${url}/__sim/create`, { method: 'POST', body: JSON.stringify({ type, count }) });
      },
    };
  }

  async clear(): Promise<void> {
    const ended = [...this.#children].map((child) => once(child, 'exit'));
    for (const child of this.#children) child.kill('SIGKILL');
    await Promise.all(ended);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Runs the built program as an operator would: its own process, its own data folder, a real simulator. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { fastFolder } from '../fast-folder.ts';

export const program = fileURLToPath(new URL('../../dist/msportal.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Nothing of the machine's own settings reaches the program; HOME is the data folder of the test. */
function environment(home: string): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: home, XDG_CACHE_HOME: process.env.XDG_CACHE_HOME };
}

export function collect(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return once(child, 'close').then(([code, signal]) => ({ code, signal, stdout, stderr }));
}

/** A folder of its own, and the program on it. */
export class Desk {
  readonly folder = mkdtempSync(join(fastFolder, 'msportal-e2e-'));

  /** What points the program to this folder. */
  readonly environment = { MSPORTAL_DATA: join(this.folder, 'data') };

  start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: this.folder,
      env: { ...environment(this.folder), ...this.environment, ...env },
    });
    return { child, ended: collect(child) };
  }

  run(args: readonly string[], input = ''): Promise<Ended> {
    const { child, ended } = this.start(args);
    child.stdin?.end(input);
    return ended;
  }

  /** Runs with `--json` and parses the one object that standard output must be. */
  async json(args: readonly string[], input = ''): Promise<{ code: number | null; value: unknown; stderr: string }> {
    const { code, stdout, stderr } = await this.run([...args, '--json'], input);
    return { code, value: JSON.parse(stdout), stderr };
  }

  file(name: string, content: unknown): string {
    const path = join(this.folder, name);
    writeFileSync(path, JSON.stringify(content), { mode: 0o600 });
    return path;
  }

  clear(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface Simulator {
  readonly url: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly totals: Readonly<Record<string, number>>;
  stats(): Promise<{ byPath: Readonly<Record<string, number>> }>;
  control(path: string, body: unknown): Promise<unknown>;
  stop(): Promise<Ended>;
}

export async function simulate(desk: Desk, args: readonly string[]): Promise<Simulator> {
  const { child, ended } = desk.start(['simulate', 'halo-psa', ...args]);
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
  const { url, credentials, totals } = JSON.parse(line);
  const ask = async (path: string, init?: RequestInit) => (await fetch(`${url}/__sim/${path}`, init)).json();
  return {
    url,
    credentials,
    totals,
    stats: () => ask('stats') as Promise<{ byPath: Readonly<Record<string, number>> }>,
    control: (path, body) =>
      ask(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** How a notice reaches somebody: a command of the operator's, a signed webhook, or both. */
import { spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import got from 'got';
import type { Config } from '../state/config.ts';
import type { StateNotice } from './transitions.ts';

export type NotifyConfig = Config['notify'];

/** What is sent: the notice, when, where from, and a number by which a repeated delivery is known. */
export interface Message extends StateNotice {
  readonly id: string;
  /** ISO. */
  readonly at: string;
  readonly host: string;
}

const longestMs = 30_000;

export const messageOf = (notice: StateNotice, now: number): Message => ({
  id: randomUUID(),
  at: new Date(now).toISOString(),
  host: hostname(),
  ...notice,
});

/** Tries every way there is; rejects with what failed, after all were tried. */
export async function deliver({ command, webhook }: NotifyConfig, message: Message): Promise<void> {
  const body = JSON.stringify(message);
  const results = await Promise.allSettled([
    ...(command === undefined ? [] : [runCommand(command, message, body)]),
    ...(webhook === undefined ? [] : [post(webhook, body)]),
  ]);
  const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join(' '));
}

/** No shell is involved: what a vendor wrote into an error can start nothing. */
function runCommand([program, ...args]: readonly string[], message: Message, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program as string, args, {
      stdio: ['pipe', 'ignore', 'ignore'],
      timeout: longestMs,
      env: {
        ...process.env,
        MSPORTAL_EVENT: message.event,
        MSPORTAL_INTEGRATION: message.integration.id,
        MSPORTAL_MESSAGE: message.message,
      },
    });
    child.once('error', (error) => reject(new Error(`notify.command could not be started: ${error.message}.`)));
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`notify.command ended with ${signal ?? code}.`));
    });
    // A command that does not read what it is told is no failure.
    child.stdin.on('error', () => {});
    child.stdin.end(`${body}\n`);
  });
}

/** Signed as many services do: `sha256=` and the HMAC of the body, in hexadecimal. */
async function post({ url, secretFile }: NonNullable<NotifyConfig['webhook']>, body: string): Promise<void> {
  const signature = createHmac('sha256', readSecret(secretFile)).update(body).digest('hex');
  try {
    await got.post(url, {
      body,
      headers: { 'content-type': 'application/json', 'x-msportal-signature-256': `sha256=${signature}` },
      timeout: { request: 10_000 },
      retry: { limit: 2, methods: ['POST'] },
      // Only the host that was named hears of it.
      followRedirect: false,
    });
  } catch (error) {
    throw new Error(`notify.webhook was not taken by ${new URL(url).host}: ${(error as Error).message}.`);
  }
}

function readSecret(file: string): string {
  if ((statSync(file).mode & 0o077) !== 0) {
    throw new Error(`notify.webhook.secretFile may be read by other users; run: chmod 600 ${file}`);
  }
  return readFileSync(file, 'utf8').trim();
}

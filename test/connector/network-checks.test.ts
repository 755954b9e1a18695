import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { describe, expect, test } from 'vitest';
import type { CheckOutcome } from '../../src/connector/contract.ts';
import { type NetworkTarget, networkChecks, vendorDate } from '../../src/connector/network-checks.ts';
import { isExempt, proxyFor } from '../../src/connector/proxy.ts';
import { listen } from './support.ts';

const pem = (name: string) => readFileSync(new URL(`./certificates/${name}.pem`, import.meta.url), 'utf8');
const key = pem('vendor.key');
/** Good for vendor.example; ended with 2021, for vendor.example; good, for portal.hotel.example only. All signed by themselves. */
const [good, expired, portal] = [pem('vendor.cert'), pem('expired.cert'), pem('portal.cert')];

/** An invented name leads to loopback; any other does not exist. */
const lookup: NonNullable<NetworkTarget['lookup']> = (hostname, options, callback) => {
  if (!['vendor.example', 'other.example'].includes(hostname)) {
    callback(Object.assign(new Error('not found'), { code: 'ENOTFOUND', hostname }), '', 4);
  } else if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};

async function server(certificate: string, headers: http.OutgoingHttpHeaders = {}, status = 200) {
  const seen: string[] = [];
  const listener: http.RequestListener = (request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim());
    response.writeHead(status, headers).end();
  };
  return { port: await listen(https.createServer({ cert: certificate, key }, listener)), seen };
}

async function look(url: string, given: Partial<NetworkTarget> = {}): Promise<Record<string, CheckOutcome>> {
  const target = { vendorName: 'Vendor', urls: [new URL(url)], env: {}, clock: { now: Date.now }, lookup, ...given };
  const { signal } = new AbortController();
  const outcomes: Record<string, CheckOutcome> = {};
  for (const step of networkChecks(target)) outcomes[step.id.replace('network-', '')] = await step.run(signal);
  return outcomes;
}

describe('a straight way', () => {
  test('tells address, port, who signed, for how long, for whom; nothing is asked when all is well', async () => {
    const { port, seen } = await server(good);
    const found = await look(`https://vendor.example:${port}`, { caFile: good });
    expect(found).toMatchObject({
      name: { status: 'passed', detail: 'vendor.example is 127.0.0.1' },
      port: { status: 'passed', detail: `127.0.0.1 port ${port}` },
      tls: {
        status: 'passed',
        detail: expect.stringMatching(/by Invented Test Root, \d+ days left, for vendor\.example/),
      },
      proxy: { status: 'passed', detail: 'none: the way is direct' },
    });
    expect(seen).toEqual([]);
  });

  test('a certificate that ends soon is a warning', async () => {
    const { port } = await server(good);
    const nearEnd = { now: () => Date.parse('2126-10-20T00:00:00Z') };
    const { tls } = await look(`https://vendor.example:${port}`, { caFile: good, clock: nearEnd });
    expect(tls).toMatchObject({ status: 'warning', cause: 'The certificate of vendor.example ends in 9 days.' });
  });

  test('on this machine itself: http has no TLS, and says so', async () => {
    const { tls, port } = await look(`http://127.0.0.1:${await listen(http.createServer())}`);
    expect(port?.status).toBe('passed');
    expect(tls).toMatchObject({ status: 'untested', cause: expect.stringContaining('Not used') });
  });

  test('an unknown name and a closed port fail there; what lies behind is untested, not passed', async () => {
    const unknown = await look('https://nowhere.example');
    expect(unknown.name).toMatchObject({ status: 'failed', cause: expect.stringContaining('nowhere.example') });
    expect([unknown.tls?.status, unknown.proxy?.status]).toEqual(['untested', 'untested']);

    const closed = http.createServer();
    const port = await listen(closed);
    await new Promise((resolve) => closed.close(resolve));
    const refused = await look(`https://vendor.example:${port}`);
    expect(refused.name?.status).toBe('passed');
    expect(refused.port).toMatchObject({ status: 'failed', cause: expect.stringContaining('refused the connection') });
    expect(refused.tls?.status).toBe('untested');
  });

  test('of several hosts the worst is told', async () => {
    const { port } = await server(good);
    const urls = [new URL(`https://vendor.example:${port}`), new URL('https://nowhere.example')];
    expect((await look('https://vendor.example', { urls, caFile: good })).name).toMatchObject({
      status: 'failed',
      cause: expect.stringContaining('nowhere.example'),
    });
  });
});

describe('a certificate that is not good', () => {
  test('expired, by everybody: the server must renew it', async () => {
    const { port } = await server(expired);
    const { tls, proxy } = await look(`https://vendor.example:${port}`, { caFile: expired });
    expect(tls).toMatchObject({ status: 'failed', cause: expect.stringContaining('has expired') });
    // Nobody stands in between.
    expect(proxy?.status).toBe('passed');
  });

  test('expired by our clock, but not by the server: the clock is wrong', async () => {
    const { port, seen } = await server(expired, { date: 'Tue, 01 Jun 2021 12:00:00 GMT' });
    const { tls } = await look(`https://vendor.example:${port}`, { caFile: expired });
    expect(tls).toMatchObject({ status: 'failed', cause: expect.stringMatching(/clock is not: it is \d+ days fast/) });
    expect(tls).toMatchObject({ fix: expect.stringContaining('timedatectl') });
    expect(seen).toEqual(['HEAD /']);
  });

  test('made for our host by a stranger: an inspecting proxy', async () => {
    const { port } = await server(good);
    const { tls, proxy } = await look(`https://vendor.example:${port}`);
    expect(tls).toMatchObject({ status: 'failed', cause: expect.stringContaining('"Invented Test Root"') });
    expect(proxy).toMatchObject({
      status: 'failed',
      cause: expect.stringMatching(/inspecting proxy.*Invented Test Root/),
    });
    expect(proxy).toMatchObject({ fix: expect.stringContaining('caFile') });
  });

  test.each([
    ['sends us elsewhere', { location: 'https://portal.hotel.example/login' }, 302],
    ['shows a page', { 'content-type': 'text/html' }, 200],
    ['says so', {}, 511],
  ])('made for another name by somebody who %s: a captive portal', async (_, headers, status) => {
    const { port } = await server(portal, headers, status);
    const { proxy } = await look(`https://vendor.example:${port}`);
    expect(proxy).toMatchObject({ status: 'failed', cause: expect.stringContaining('captive portal') });
  });
});

describe('a proxy', () => {
  /** A real CONNECT proxy: every name leads to loopback; or one that answers by itself. */
  async function proxy(answer?: string) {
    const asked: (string | undefined)[] = [];
    const listener = http.createServer().on('connect', (request, socket: net.Socket) => {
      asked.push(request.headers['proxy-authorization']);
      socket.on('error', () => {});
      if (answer !== undefined) return socket.end(answer);
      const onward = net.connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      onward.on('error', () => socket.destroy());
      return socket.on('close', () => onward.destroy());
    });
    const port = await listen(listener);
    return { env: { HTTPS_PROXY: `http://kim:pass-word-1@127.0.0.1:${port}` }, port, asked };
  }

  test('hides name and port, is told with its variable, and never with its password', async () => {
    const { port } = await server(good);
    const { env, port: proxyPort, asked } = await proxy();
    const found = await look(`https://vendor.example:${port}`, { caFile: good, env });
    expect([found.name?.status, found.port?.status]).toEqual(['untested', 'untested']);
    expect(found.tls?.status).toBe('passed');
    expect(found.proxy).toEqual({ status: 'passed', detail: `through 127.0.0.1:${proxyPort} (HTTPS_PROXY)` });
    expect(asked[0]).toBe(`Basic ${Buffer.from('kim:pass-word-1').toString('base64')}`);
    expect(JSON.stringify(found)).not.toContain('pass-word-1');
  });

  test.each([
    ['HTTP/1.1 403 No\r\n\r\n', /refuses to connect to vendor\.example/],
    ['HTTP/1.1 407 Ask\r\n\r\n', /wants a user name and password/],
    ['HTTP/1.1 302 Found\r\nlocation: http://portal.example/\r\n\r\n', /captive portal/],
    ['HTTP/1.1 511 Network Authentication Required\r\ncontent-type: text/html\r\n\r\n', /captive portal/],
  ])('that answers %j is to blame, and TLS is untested', async (answer, cause) => {
    const { env } = await proxy(answer);
    const found = await look('https://vendor.example', { env });
    expect(found.proxy).toMatchObject({ status: 'failed', cause: expect.stringMatching(cause) });
    expect(found.tls?.status).toBe('untested');
  });

  test('that is not there is named', async () => {
    const env = { HTTPS_PROXY: 'http://127.0.0.1:9' };
    expect((await look('https://vendor.example', { env })).proxy).toMatchObject({
      status: 'failed',
      cause: expect.stringContaining('127.0.0.1:9'),
    });
  });

  test('is passed by for the hosts in NO_PROXY, and always for loopback', () => {
    const through = (url: string, no?: string) =>
      proxyFor(new URL(url), { https_proxy: 'http://p.example:1', no_proxy: no });
    expect(through('https://a.vendor.example')?.host).toBe('p.example:1');
    expect(through('https://a.vendor.example', 'x.example, .vendor.example')).toBeNull();
    expect(through('https://a.vendor.example', '*.vendor.example')).toBeNull();
    expect(through('https://vendor.example:8443', 'vendor.example:443')?.host).toBe('p.example:1');
    expect(through('https://127.0.0.1')).toBeNull();
    expect(isExempt(new URL('https://any.example'), { NO_PROXY: '*' })).toBe(true);
  });
});

test("the clock is measured by the vendor's date, through TLS too", async () => {
  const { port } = await server(good, { date: 'Tue, 01 Jun 2021 12:00:00 GMT' });
  const target = {
    vendorName: 'Vendor',
    urls: [new URL(`https://vendor.example:${port}`)],
    env: {},
    lookup,
    caFile: good,
    clock: { now: () => Date.parse('2021-06-01T12:10:00Z') },
  };
  expect(await vendorDate(target, new AbortController().signal)).toBe(600_000);
});

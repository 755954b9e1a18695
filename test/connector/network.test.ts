import http from 'node:http';
import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { Unreachable } from '../../src/connector/errors.ts';
import type { HttpOptions } from '../../src/connector/http-options.ts';
import { certificate, client, json, listen, vendor } from './support.ts';

/** An invented name leads to loopback; any other does not exist. */
const lookup: HttpOptions['lookup'] = (hostname, _options, callback) => {
  if (hostname === 'vendor.example') callback(null, '127.0.0.1', 4);
  else callback(Object.assign(new Error('not found'), { code: 'ENOTFOUND', hostname }), '', 4);
};

/** A real CONNECT proxy: every name leads to loopback. */
async function proxy(answer: 'connect' | 'refuse' | 'ask' = 'connect') {
  const connects: { target: string; authorization: string | undefined }[] = [];
  const sockets = new Set<net.Socket>();
  const server = http.createServer().on('connect', (request, socket: net.Socket) => {
    connects.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    sockets.add(socket);
    socket.on('error', () => {});
    if (answer !== 'connect') return socket.end(`HTTP/1.1 ${answer === 'ask' ? 407 : 403} No\r\n\r\n`);
    const onward = net.connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    return socket.on('close', () => onward.destroy());
  });
  const port = await listen(server);
  return { port, url: `http://127.0.0.1:${port}`, connects };
}

async function unreachable(promise: Promise<unknown>): Promise<Unreachable> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Unreachable);
  return error as Unreachable;
}

describe('certificates', () => {
  it('of an unknown authority are refused, naming it and the way out, even where the environment says not to check', async () => {
    const { url, seen } = await vendor((_, response) => json(response, {}), { tls: true });
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      const error = await unreachable(client(url).request({ url: '/' }));
      expect(error).toMatchObject({
        kind: 'tls',
        transient: false,
        reason: expect.stringContaining('"Invented Test Root"'),
      });
      expect(error.fix).toContain('CA file');
      expect(seen).toEqual([]);
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    }
  });

  it('pass with the CA file of the integration', async () => {
    const { url } = await vendor((_, response) => json(response, { ok: 1 }), { tls: true });
    expect((await client(url, { caFile: certificate }).request({ url: '/' })).body).toEqual({ ok: 1 });
  });

  it('must be made for the host', async () => {
    const { port } = await vendor((_, response) => json(response, {}), { tls: true });
    const other: HttpOptions['lookup'] = (_host, _options, callback) => callback(null, '127.0.0.1', 4);
    const http = client(`https://other.example:${port}`, { caFile: certificate, lookup: other });
    expect(await unreachable(http.request({ url: '/' }))).toMatchObject({
      kind: 'tls',
      reason: expect.stringContaining('other.example'),
    });
  });
});

describe('the proxy in HTTPS_PROXY', () => {
  it('is used for outside hosts, with its password, and never for loopback', async () => {
    const { port, url } = await vendor((_, response) => json(response, { ok: 1 }), { tls: true });
    const { port: proxyPort, connects } = await proxy();
    const env = { HTTPS_PROXY: `http://user:pass@127.0.0.1:${proxyPort}` };
    const http = client(`https://vendor.example:${port}`, { env, caFile: certificate });
    expect((await http.request({ url: '/' })).body).toEqual({ ok: 1 });
    expect(connects).toEqual([
      { target: `vendor.example:${port}`, authorization: `Basic ${Buffer.from('user:pass').toString('base64')}` },
    ]);
    await client(url, { env, caFile: certificate }).request({ url: '/' });
    expect(connects).toHaveLength(1);
  });

  it('is left alone for the hosts in NO_PROXY', async () => {
    const { port } = await vendor((_, response) => json(response, { ok: 1 }), { tls: true });
    const { url: proxyUrl, connects } = await proxy();
    const env = { HTTPS_PROXY: proxyUrl, NO_PROXY: 'internal.example,vendor.example' };
    const http = client(`https://vendor.example:${port}`, { env, caFile: certificate, lookup });
    expect((await http.request({ url: '/' })).body).toEqual({ ok: 1 });
    expect(connects).toEqual([]);
  });

  it('is named when it refuses, asks for a password, or is not there', async () => {
    const refuse = await proxy('refuse');
    const ask = await proxy('ask');
    const dead = `http://127.0.0.1:${await unusedPort()}`;
    const open = (HTTPS_PROXY: string) =>
      client('https://vendor.example', { env: { HTTPS_PROXY }, tries: 1 }).request({ url: '/' });
    expect(await unreachable(open(refuse.url))).toMatchObject({
      kind: 'proxy',
      reason: expect.stringContaining('HTTP 403'),
    });
    expect(await unreachable(open(ask.url))).toMatchObject({
      kind: 'proxy',
      fix: expect.stringContaining('USER:PASSWORD'),
    });
    expect(await unreachable(open(dead))).toMatchObject({
      kind: 'proxy',
      reason: expect.stringContaining(new URL(dead).host),
    });
  });
});

describe('a vendor that cannot be reached', () => {
  it('is told apart: no such host, refused, too slow, broken off, cut short, not TLS', async () => {
    const dead = await unusedPort();
    const { url, port } = await vendor(({ url: path }, response) => {
      if (path === '/reset') response.destroy();
      else if (path === '/cut') {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{"half":');
        setImmediate(() => response.destroy());
      }
      // Anything else is never answered.
    });
    const ask = (base: string, path: string, more: Partial<HttpOptions> = {}) =>
      unreachable(client(base, { tries: 1, ...more }).request({ url: path, timeoutMs: 100 }));

    expect(await ask('https://nowhere.example', '/', { lookup })).toMatchObject({
      kind: 'dns',
      reason: expect.stringContaining('nowhere.example'),
    });
    expect(await ask(`http://127.0.0.1:${dead}`, '/')).toMatchObject({
      kind: 'connect',
      reason: `127.0.0.1:${dead} refused the connection.`,
    });
    expect(await ask(url, '/slow')).toMatchObject({
      kind: 'timeout',
      reason: expect.stringContaining(`127.0.0.1:${port}`),
    });
    expect(await ask(url, '/reset')).toMatchObject({ kind: 'reset' });
    expect(await ask(url, '/cut')).toMatchObject({
      kind: 'reset',
      reason: expect.stringContaining('before the answer was complete'),
    });
    expect(await ask(`https://127.0.0.1:${port}`, '/')).toMatchObject({
      kind: 'tls',
      reason: expect.stringContaining('does not speak TLS'),
    });
  });
});

async function unusedPort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

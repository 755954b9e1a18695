import { expect, it, test } from 'vitest';
import connector, { manifest } from '../../../connectors/autotask/index.ts';
import { zoneAddressOf } from '../../../connectors/autotask/zone.ts';
import { parseCredentials } from '../../../src/connector/credentials.ts';

const zone14 = 'https://webservices14.autotask.net/ATServicesRest/';

it.each([
  '14',
  'webservices14',
  'webservices14.autotask.net',
  'WebServices14.Autotask.net',
  'https://webservices14.autotask.net',
  'https://webservices14.autotask.net/atservicesrest',
  'https://webservices14.autotask.net/ATServicesRest/V1.0/',
  ' https://ww14.autotask.net/Mvc/Framework/Navigation.mvc/Landing ',
  'https://ww14.autotask.net/Mvc/ServiceDesk/TicketDetail.mvc?ticketId=1',
])('%s is zone 14', (typed) => {
  expect(zoneAddressOf(typed)).toBe(zone14);
});

it.each([
  ['prde.autotask.net', 'https://prde.autotask.net/ATServicesRest/'],
  ['webservices.autotask.net', 'https://webservices.autotask.net/ATServicesRest/'],
  ['101', 'https://webservices101.autotask.net/ATServicesRest/'],
  ['http://127.0.0.1:8123', 'http://127.0.0.1:8123/ATServicesRest/'],
])('%s is %s', (typed, expected) => {
  expect(zoneAddressOf(typed)).toBe(expected);
});

it.each([
  'http://webservices14.autotask.net',
  'https://webservices14.autotask.net:8443/',
  'https://webservices14.autotask.net.evil.example/',
  'https://evil.example/?webservices14.autotask.net',
  'https://webservices14.autotask.net@evil.example/',
  'https://user:word@webservices14.autotask.net/',
  'https://webservices14.autotask.net/ATServicesRest/V1.0/Tickets',
  'https://webservices14.autotask.net/?a=1',
  'webservices1234.autotask.net',
  'ftp://webservices14.autotask.net',
  'http://10.0.0.1/',
  'america east',
  '',
])('%j is no zone', (typed) => {
  expect(zoneAddressOf(typed)).toBeNull();
});

test('without a zone any of the vendor is allowed; with one, only that', () => {
  const free = connector.origins({ username: 'a@b.example' });
  expect(free.baseUrl).toBe('https://webservices.autotask.net/ATServicesRest/');
  expect(free.allowed).toContain('https://webservices29.autotask.net/');
  expect(free.allowed.every((url) => new URL(url).hostname.endsWith('.autotask.net'))).toBe(true);
  expect(connector.origins({ zoneUrl: zone14 })).toEqual({ baseUrl: zone14, allowed: [] });
});

test('a secret keeps all its signs, and loses only the white space that came with it', () => {
  const given = {
    username: ' k3exampl3apikey0@EXAMPLEMSP.COM ',
    secret: ' #7x~ "B=/\\0&+%41 \n',
    integrationCode: 'FAKE0CODE0EXAMPLE0000000000',
    zoneUrl: '14',
  };
  expect(parseCredentials(manifest, given)).toEqual({
    ok: true,
    values: { ...given, username: given.username.trim(), secret: '#7x~ "B=/\\0&+%41', zoneUrl: zone14 },
  });
  const wrong = parseCredentials(manifest, {
    ...given,
    username: 'kim',
    secret: 'sëcret-0000',
    zoneUrl: 'http://a.example',
  });
  expect(wrong.ok ? [] : wrong.problems.map(({ path }) => path)).toEqual(['username', 'secret', 'zoneUrl']);
});

import { expect, test } from 'vitest';
import { addressOf, signInAddressOf } from '../../../connectors/halo-psa/sign-in.ts';

test.each([
  ['acme.halopsa.com', 'https://acme.halopsa.com'],
  [' https://acme.halopsa.com/ ', 'https://acme.halopsa.com'],
  ['https://acme.halopsa.com/api', 'https://acme.halopsa.com'],
  ['https://acme.halopsa.com/auth/token', 'https://acme.halopsa.com'],
  ['help.acme.example:8443', 'https://help.acme.example:8443'],
  ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
  ['http://localhost:4000/api', 'http://localhost:4000'],
  ['http://acme.halopsa.com', null],
  ['https://user:secret@acme.halopsa.com', null],
  ['https://acme.halopsa.com/tickets', null],
  ['https://acme.halopsa.com?x=1', null],
  ['acme', null],
  ['ftp://acme.halopsa.com', null],
  ['', null],
])('%j is opened at %j', (typed, address) => {
  expect(addressOf(typed)).toBe(address);
});

test.each([
  ['https://auth.halopsa.example', 'https://auth.halopsa.example'],
  ['https://acme.halopsa.com/auth/', 'https://acme.halopsa.com/auth'],
  ['https://acme.halopsa.com/auth/token', 'https://acme.halopsa.com/auth'],
  ['acme.example/some/auth', 'https://acme.example/some/auth'],
])('the sign-in server %j is %j: nothing is added', (typed, address) => {
  expect(signInAddressOf(typed)).toBe(address);
});

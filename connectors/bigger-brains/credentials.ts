/** The fields of the form. Which of them are asked for follows from the first. */
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import type { CredentialField } from '../../src/connector/manifest.ts';

const from = (mode: string) => ({ key: 'mode', is: [mode] });

const path = z
  .string()
  .trim()
  .refine(
    (typed) => isAbsolute(typed) && !/^\w+:\/\//.test(typed),
    'Enter the whole path of a file or folder on this machine',
  );

/** Without user, query and fragment; `http` on this machine only. What is pasted too much at the end is taken off. */
const address = (example: string, surplus?: RegExp) =>
  z
    .string()
    .trim()
    .transform((typed, context) => {
      const normal = surplus === undefined ? typed : typed.replace(/\/+$/, '').replace(surplus, '');
      const plain =
        /^(https:\/\/[A-Za-z0-9.-]+|http:\/\/(127\.\d+\.\d+\.\d+|localhost))(:\d{1,5})?(\/[A-Za-z0-9._~/-]*)?$/;
      if (!plain.test(normal)) context.addIssue({ code: 'custom', message: `Enter an address such as ${example}` });
      return normal.replace(/\/+$/, '');
    });

const secret = (what: string) =>
  z.string().trim().min(4, `${what} is longer than this`).regex(/^\S+$/, `${what} has no spaces`);

export const credentials: readonly CredentialField[] = [
  {
    key: 'mode',
    label: 'Source',
    secret: false,
    required: true,
    schema: z.string().trim().toLowerCase(),
    example: 'csv',
    where: 'your choice; Bigger Brains has no public API',
    choices: [
      { value: 'csv', label: 'exported CSV files' },
      { value: 'xapi', label: 'xAPI record store' },
      { value: 'scormcloud', label: 'SCORM Cloud' },
      { value: 'api', label: 'REST endpoint (experimental)' },
    ],
    fallback: 'csv',
  },
  {
    key: 'membersPath',
    label: 'Members export',
    secret: false,
    required: true,
    schema: path,
    example: '/srv/training/members',
    where: 'Team Management Portal > Members > List > CSV Export, once per team; here, the file or the folder of files',
    when: from('csv'),
  },
  {
    key: 'completionsPath',
    label: 'Progress export',
    secret: false,
    required: true,
    schema: path,
    example: '/srv/training/progress',
    where: 'Team Leader Dashboard > Report; here, the file or the folder of files',
    when: from('csv'),
  },
  {
    key: 'coursesPath',
    label: 'Course list',
    secret: false,
    required: false,
    schema: path,
    example: '/srv/training/courses.csv',
    where: 'made by you, if you want categories and durations; courses are otherwise those that the progress names',
    when: from('csv'),
    advanced: true,
  },
  {
    key: 'endpoint',
    label: 'LRS endpoint',
    secret: false,
    required: true,
    schema: address('https://lrs.example.com/xapi', /\/statements$/i),
    example: 'https://lrs.example.com/xapi',
    where: 'the administration of your record store',
    when: from('xapi'),
  },
  {
    key: 'lrsKey',
    label: 'LRS key',
    secret: true,
    required: true,
    schema: secret('The key').refine((typed) => !typed.includes(':'), 'The key has no colon in it'),
    example: 'fake-key',
    where: 'the administration of your record store; reading is enough',
    when: from('xapi'),
  },
  {
    key: 'lrsSecret',
    label: 'LRS secret',
    secret: true,
    required: true,
    schema: secret('The secret'),
    example: 'fake-secret',
    where: 'shown with the key',
    when: from('xapi'),
  },
  {
    key: 'xapiVersion',
    label: 'xAPI version',
    secret: false,
    required: false,
    schema: z.string().trim(),
    example: '1.0.3',
    where: 'the connection test lists what your store takes',
    choices: [
      { value: '1.0.3', label: '1.0.3' },
      { value: '2.0.0', label: '2.0.0' },
    ],
    fallback: '1.0.3',
    when: from('xapi'),
    advanced: true,
  },
  {
    key: 'lrsAuth',
    label: 'LRS sign-in',
    secret: false,
    required: false,
    schema: z.string().trim(),
    example: 'basic',
    where: 'the manual of your record store',
    choices: [
      { value: 'basic', label: 'key and secret' },
      { value: 'bearer', label: 'the secret is a token' },
    ],
    fallback: 'basic',
    when: from('xapi'),
    advanced: true,
  },
  {
    key: 'appId',
    label: 'Application ID',
    secret: true,
    required: true,
    schema: secret('The Application ID'),
    example: 'FAKEAPPID0',
    where: 'SCORM Cloud > Apps / API > your application',
    when: from('scormcloud'),
  },
  {
    key: 'secretKey',
    label: 'Secret key',
    secret: true,
    required: true,
    schema: secret('The secret key'),
    example: 'fake-secret',
    where: 'SCORM Cloud > Apps / API > your application; one that may only read is enough',
    when: from('scormcloud'),
  },
  {
    key: 'scormHost',
    label: 'SCORM Cloud address',
    secret: false,
    required: false,
    schema: address('https://cloud.scorm.com/api/v2'),
    example: 'https://cloud.scorm.com/api/v2',
    where: 'only for an Engine of your own, or a region with another address',
    fallback: 'https://cloud.scorm.com/api/v2',
    when: from('scormcloud'),
    advanced: true,
  },
  {
    key: 'baseUrl',
    label: 'Base URL',
    secret: false,
    required: true,
    schema: address('https://partner.example.com/api/v1'),
    example: 'https://partner.example.com/api/v1',
    where: 'only from Bigger Brains or a partner: there is no public one',
    when: from('api'),
  },
  {
    key: 'apiKey',
    label: 'API key',
    secret: true,
    required: true,
    schema: secret('The key'),
    example: 'fake-key-0000',
    where: 'with the base URL',
    when: from('api'),
  },
  {
    key: 'apiHeader',
    label: 'Key is sent as',
    secret: false,
    required: false,
    schema: z.string().trim(),
    example: 'bearer',
    where: 'with the base URL',
    choices: [
      { value: 'bearer', label: 'Authorization: Bearer' },
      { value: 'x-api-key', label: 'X-API-Key' },
    ],
    fallback: 'bearer',
    when: from('api'),
    advanced: true,
  },
];

/** The forms in which operators give tenants, secrets and keys, checked before anything is sent. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { z } from 'zod';

const guidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const domainForm = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
/** Words that mean "any tenant" in a browser; an application has to name one. */
const noTenant = new Set(['common', 'organizations', 'consumers']);

export const isGuid = (text: string): boolean => guidForm.test(text);

/** The single tenants of the field, in order. */
export function tenantList(value: string): string[] {
  return [
    ...new Set(
      value
        .toLowerCase()
        .split(/[\s,;]+/)
        .filter(Boolean),
    ),
  ];
}

/** `first.example, second.example`: lower case, each once. */
export const tenants = z.string().transform((typed, context) => {
  const list = tenantList(typed);
  if (list.length === 0) context.addIssue({ code: 'custom', message: 'Name at least one tenant' });
  for (const each of list) {
    if (guidForm.test(each) || (domainForm.test(each) && !noTenant.has(each))) continue;
    context.addIssue({
      code: 'custom',
      message: `"${each.slice(0, 60)}" is neither a tenant ID (00000000-1111-2222-3333-444444444444) nor a domain`,
    });
  }
  return list.join(', ');
});

export const clientId = z
  .string()
  .trim()
  .toLowerCase()
  .regex(guidForm, 'An Application (client) ID has the form 00000000-1111-2222-3333-444444444444');

export const clientSecret = z
  .string()
  .trim()
  .regex(/^\S+$/, 'A client secret has no spaces')
  .refine(
    (typed) => !guidForm.test(typed.toLowerCase()),
    'This is the ID of the secret. Copy what stands in the column Value',
  );

export const certificate = pem('CERTIFICATE', 'a certificate', (text) => new X509Certificate(text));

export const privateKey = pem('PRIVATE KEY', 'a private key without password', (text) => {
  if (createPrivateKey(text).asymmetricKeyType !== 'rsa') throw new TypeError('not RSA');
});

/** A day, `YYYY-MM-DD`. */
export const day = z
  .string()
  .trim()
  .refine((typed) => /^\d{4}-\d{2}-\d{2}$/.test(typed) && !Number.isNaN(Date.parse(typed)), 'A day such as 2027-03-31');

export const redirectUri = z
  .string()
  .trim()
  .refine((typed) => URL.parse(typed)?.protocol === 'https:', 'An https address, as registered for the application');

export const simulator = z
  .string()
  .trim()
  .transform((typed) => typed.replace(/\/+$/, ''))
  .refine(
    (typed) => /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/.test(typed),
    'Only an address of this machine, such as http://127.0.0.1:4010',
  );

/** Back in the form that files have, with lines of 64 characters. */
export function pemText(oneLine: string): string {
  const [, kind, body = ''] = pemForm.exec(oneLine) ?? [];
  const lines = body.replaceAll(/\s/g, '').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${kind}-----`, ...lines, `-----END ${kind}-----`, ''].join('\n');
}

const pemForm = /-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\s]+)-----END \1-----/;

/** PEM from a file, or pasted with its line breaks lost; kept in one line, as a form has one line per field. */
function pem(kind: string, what: string, parse: (text: string) => unknown) {
  return z
    .string()
    .trim()
    .transform((typed, context) => {
      try {
        const [, found = '', body = ''] = pemForm.exec(typed) ?? [];
        if (!found.endsWith(kind)) throw new TypeError('something else');
        const oneLine = `-----BEGIN ${found}-----${body.replaceAll(/\s/g, '')}-----END ${found}-----`;
        parse(pemText(oneLine));
        return oneLine;
      } catch {
        const more = kind === 'CERTIFICATE' ? '' : ' (RSA)';
        const message = `Paste the text of ${what}, from -----BEGIN ${kind}----- to its END line${more}`;
        context.addIssue({ code: 'custom', message });
        return typed;
      }
    });
}

/**
 * Seals secrets for state.json: AES-256-GCM per value, random nonce, bound to the integration and the field it belongs to, so
 * that an envelope copied to another place does not open.
 *
 * Envelope: `v1.<key id>.<base64url of nonce (12 bytes), ciphertext, tag (16 bytes)>`
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { findKeySource, type Key, type KeySource, makeKey, readKey } from './key-file.ts';
import { StateError } from './state-error.ts';

export interface Vault {
  seal(value: string, context: SealContext): string;
  /** @throws StateError `key-different`, `sealed-altered` */
  open(sealed: string, context: SealContext): string;
  readonly keySource: KeySource;
  /** The key file was made just now: the operator should keep a copy of it. */
  readonly madeKey: boolean;
}

export interface SealContext {
  readonly integration: string;
  readonly field: string;
}

const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;
const ENVELOPE = /^v1\.(?<keyId>[0-9a-f]{8})\.(?<body>[\w-]+)$/;

/**
 * @param keyFile our own key file, used when neither the environment nor systemd names one
 * @param existingSealed sealed values exist: a missing key is then an error and never replaced by a new one
 * @throws StateError `key-missing`, `key-exposed`, `key-malformed`
 */
export async function openVault(options: {
  env: Readonly<Record<string, string | undefined>>;
  keyFile: string;
  existingSealed: boolean;
}): Promise<Vault> {
  const source = await findKeySource(options.env, options.keyFile);
  const found = await readKey(source);
  if (found !== null) return vault(found, source, false);
  if (source.kind === 'environment') {
    const fix = 'Correct the variable, or make a key there: openssl rand -base64 32, with mode 600.';
    throw new StateError('key-missing', `MSPORTAL_KEY_FILE names ${source.path}, which does not exist.`, fix);
  }
  if (options.existingSealed) {
    throw new StateError(
      'key-missing',
      `The key file ${source.path} is missing, and the stored credentials cannot be opened without it.`,
      'Put it back from a backup, or name it with MSPORTAL_KEY_FILE. If it is lost, remove state.json and state.json.bak and connect each integration again.',
    );
  }
  const { key, made } = await makeKey(source.path);
  return vault(key, source, made);
}

function vault(key: Key, keySource: KeySource, madeKey: boolean): Vault {
  return {
    keySource,
    madeKey,
    seal(value, context) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv(CIPHER, key.bytes, nonce, { authTagLength: TAG }).setAAD(associated(context));
      const body = Buffer.concat([nonce, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `v1.${key.id}.${body.toString('base64url')}`;
    },
    open(sealed, context) {
      const { keyId, body } = ENVELOPE.exec(sealed)?.groups ?? {};
      const bytes = Buffer.from(body ?? '', 'base64url');
      if (keyId === undefined || bytes.length < NONCE + TAG) throw altered(context);
      if (keyId !== key.id) {
        throw new StateError(
          'key-different',
          `The ${context.field} of ${context.integration} was sealed with another key (${keyId}) than the one in ${keySource.path} (${key.id}).`,
          'Put the earlier key file back, or enter the credentials again.',
        );
      }
      try {
        const decipher = createDecipheriv(CIPHER, key.bytes, bytes.subarray(0, NONCE), { authTagLength: TAG })
          .setAAD(associated(context))
          .setAuthTag(bytes.subarray(-TAG));
        return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8');
      } catch (error) {
        throw altered(context, error);
      }
    },
  };
}

const associated = ({ integration, field }: SealContext) => Buffer.from(JSON.stringify(['v1', integration, field]));

function altered({ integration, field }: SealContext, cause?: unknown): StateError {
  return new StateError(
    'sealed-altered',
    `The stored ${field} of ${integration} was altered, or belongs to another field.`,
    'Enter the credentials of this integration again.',
    { cause },
  );
}

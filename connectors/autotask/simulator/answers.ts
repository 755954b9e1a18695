/** Autotask's envelopes: `errors` from the product (with 500), `Message` from the web framework below it. */
import { type Answer, Refusal } from '../../../src/simulator/exchange.ts';

export const errors = (text: string, status = 500): Answer => ({ status, body: { errors: [text] } });

export const refuse = (text: string, status = 500): Refusal => new Refusal(errors(text, status));

export const notFound = (): Answer => ({
  status: 404,
  body: { Message: 'No HTTP resource was found that matches the request URI.' },
});

export const wrongVerb = (method: string): Answer => ({
  status: 405,
  body: { Message: `The requested resource does not support http method '${method}'.` },
});

export const noPermission = (status = 500): Answer =>
  errors('The logged in Resource does not have the adequate permissions to perform this operation.', status);

/** Every credential trouble looks like this; the challenge is misleading, Basic sign-in does not work. */
export const unauthorised = (): Answer => ({
  status: 401,
  headers: { 'www-authenticate': 'Basic Realm="webservices14.autotask.net"' },
});

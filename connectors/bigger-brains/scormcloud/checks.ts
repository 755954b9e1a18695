/** The connection test of a SCORM Cloud application. */
import { z } from 'zod';
import type { CheckOutcome, CheckStep } from '../../../src/connector/contract.ts';
import type { Http } from '../../../src/connector/http.ts';
import { oddAnswer } from '../failures.ts';
import { courseRow, registrationRow } from './mapping.ts';

const ping = z.looseObject({ apiMessage: z.string() });
const courseList = z.looseObject({ courses: z.array(courseRow) });
const registrationList = z.looseObject({ registrations: z.array(registrationRow) });
/** On the first page only. */
const counted = { includeTotalCount: true };

export function scormChecks(http: Http): CheckStep[] {
  return [
    {
      id: 'ping',
      label: 'Sign-in with Application ID and secret',
      hard: true,
      async run(signal) {
        const { body } = await http.request({ url: 'ping', signal });
        return { status: 'passed', detail: valid(ping, '/ping', body).apiMessage };
      },
    },
    { id: 'courses', label: 'Read courses', run: (signal) => courses(http, signal) },
    { id: 'registrations', label: 'Read registrations', run: (signal) => registrations(http, signal) },
  ];
}

async function courses(http: Http, signal: AbortSignal): Promise<CheckOutcome> {
  const { body, headers } = await http.request({ url: 'courses', query: counted, signal });
  const rows = valid(courseList, '/courses', body).courses;
  if (rows.length > 0) return { status: 'passed', detail: `${headers['x-total-count'] ?? rows.length} courses` };
  return {
    status: 'failed',
    cause: 'SCORM Cloud answered, but this application has no courses.',
    fix: 'Choose the application that the course packages were uploaded to; each has its own ID and secret.',
  };
}

async function registrations(http: Http, signal: AbortSignal): Promise<CheckOutcome> {
  const { body, headers } = await http.request({ url: 'registrations', query: counted, signal });
  const rows = valid(registrationList, '/registrations', body).registrations;
  if (rows.length > 0) return { status: 'passed', detail: `${headers['x-total-count'] ?? rows.length} registrations` };
  return {
    status: 'untested',
    cause: 'Nobody is registered for a course of this application yet.',
    fix: 'Nothing to do if that is so. Else choose the application in which the learners are.',
  };
}

function valid<S extends z.ZodType>(schema: S, path: string, body: unknown): z.infer<S> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw oddAnswer(path, z.prettifyError(parsed.error));
  return parsed.data;
}

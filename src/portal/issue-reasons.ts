/** What stands behind each reason why a record did not sync, and what to do about it. */
import type { SyncIssue } from './portal.ts';

export interface ReasonText {
  readonly label: string;
  readonly todo: string;
}

export const reasons: Readonly<Record<SyncIssue['reason'], ReasonText>> = {
  'not-selected': { label: 'not selected', todo: 'Choose its board or type in the settings, if it should be synced.' },
  'company-not-imported': {
    label: 'company missing',
    todo: 'Sync companies as well, or look why this company was held back. It is taken by itself once the company is there.',
  },
  'reference-missing': {
    label: 'reference missing',
    todo: 'It refers to a record that is not in the portal. It is taken by itself once that one is there.',
  },
  'no-email': { label: 'no e-mail', todo: 'Enter an e-mail address at the vendor; the next sync takes it.' },
  'unmapped-value': {
    label: 'unknown value',
    todo: 'Say what the value is called here, in the mapping of the integration; the next sync takes the record.',
  },
  'no-permission': { label: 'no permission', todo: 'Grant the permission at the vendor; the guide names it.' },
  malformed: {
    label: 'malformed',
    todo: 'The vendor sent something that it does not document. Look at the record there.',
  },
  'doubtful-match': {
    label: 'doubtful match',
    todo: 'More than one record of the portal fits. Decide which one it is.',
  },
  refused: {
    label: 'refused',
    todo: 'The vendor did not accept the change; its reason is below. Mend the record and sync again.',
  },
  conflict: {
    label: 'conflict',
    todo: 'The same field was changed here and at the vendor. Say which of the two counts: msportal conflicts',
  },
  'deletion-guard': {
    label: 'too many gone',
    todo: 'More records vanished at the vendor than is plausible, so none was marked as gone. Check there; a full sync with accepted deletions goes through.',
  },
  'part-failed': {
    label: 'part not read',
    todo: 'This part of the vendor (a tenant) could not be read; everything else was. What is below says why and what to do.',
  },
  'run-failed': { label: 'run failed', todo: 'The overview of the integration has the cause and the fix.' },
};

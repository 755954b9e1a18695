/** What stands behind each reason why a record did not sync, how much it matters, and what to do about it. */
import type { SyncIssue } from './issue.ts';

type Reason = SyncIssue['reason'];
/** What decides what to do. */
export type IssueKind = Pick<SyncIssue, 'reason' | 'type'> & { readonly detail?: string | undefined };

interface ReasonText {
  readonly label: string;
  /**
   * How urgent it is, first things first. 1: more than single records stand still. 2: what somebody changed here does not arrive.
   * 3: a record waits for somebody. 4: it comes by itself once another record is there. 5: the settings leave it out.
   */
  readonly rank: 1 | 2 | 3 | 4 | 5;
  readonly todo: string;
  /** Where the type of the record makes it something else. */
  readonly ofType?: Readonly<Partial<Record<NonNullable<SyncIssue['type']>, string>>>;
}

/** Of a row that somebody chose to ignore; the same reason as what the settings leave out, but no setting brings it. */
export const ignoredDetail = 'Somebody chose to ignore it. Link it, and it is taken.';

const linkOnly = (what: string) =>
  `Say which ${what} it is, in the matching, or import that ${what} from the PSA; then it is linked by itself.`;

export const reasons: Readonly<Record<Reason, ReasonText>> = {
  'run-failed': { label: 'run failed', rank: 1, todo: 'The overview of the integration has the cause and the fix.' },
  'no-permission': {
    label: 'no permission',
    rank: 1,
    todo: 'Grant the permission at the vendor; the guide names it. The connection test says whether it is there.',
  },
  'part-failed': {
    label: 'part not read',
    rank: 1,
    todo: 'This part of the vendor (a tenant) could not be read; everything else was. What is told of it says why and what to do.',
  },
  'deletion-guard': {
    label: 'too many gone',
    rank: 1,
    todo: 'More records vanished at the vendor than is plausible, so none was marked as gone. Check there; a full sync with accepted deletions goes through.',
  },
  conflict: {
    label: 'conflict',
    rank: 2,
    todo: 'The same field was changed here and at the vendor. Say which of the two counts.',
  },
  refused: {
    label: 'refused',
    rank: 2,
    todo: 'The vendor did not accept the change, for the reason told. Mend it in the outbox, retry it, or take it back.',
  },
  'unmapped-value': {
    label: 'unknown value',
    rank: 3,
    todo: 'Say what the value is called here, in the mapping of the integration; the next sync takes the record. Where the lists of the vendor lack it, bring it back there and retry.',
  },
  'doubtful-match': {
    label: 'doubtful match',
    rank: 3,
    todo: 'Say which record of the portal it is, in the matching.',
  },
  'no-email': { label: 'no e-mail', rank: 3, todo: 'Enter an e-mail address at the vendor; the next sync takes it.' },
  malformed: {
    label: 'malformed',
    rank: 3,
    todo: 'The vendor sent something that it does not document. Look at the record there; once it is changed, the next sync takes it.',
  },
  'company-not-imported': {
    label: 'company missing',
    rank: 4,
    todo: 'Sync companies as well, or look why this company was held back. It is taken by itself once the company is there.',
    ofType: { companies: linkOnly('company') },
  },
  'reference-missing': {
    label: 'reference missing',
    rank: 4,
    todo: 'It refers to a record that is not in the portal. It is taken by itself once that one is there.',
    ofType: { contacts: linkOnly('contact') },
  },
  'not-selected': {
    label: 'not selected',
    rank: 5,
    todo: 'Nothing, if it is not wanted. Otherwise say so in the settings of the integration; the next sync takes it.',
    ofType: {
      tickets:
        'Nothing, if it is not wanted. Otherwise change in the settings of the integration which tickets are synced.',
      invoices: 'Nothing: it comes by itself when it is finalised. The settings can import drafts as well.',
      devices: 'Approve it at the vendor, if it belongs there; it then comes by itself.',
    },
  },
};

export const isReason = (text: unknown): text is Reason => typeof text === 'string' && Object.hasOwn(reasons, text);

/** What to do about it, in a sentence or two. */
export function todoOf({ reason, type, detail }: IssueKind): string {
  if (isIgnored({ reason, detail })) return 'Nothing, unless it is wanted after all: then link it to the record it is.';
  const { todo, ofType } = reasons[reason];
  return (type === null ? undefined : ofType?.[type]) ?? todo;
}

export const isIgnored = ({ reason, detail }: Pick<IssueKind, 'reason' | 'detail'>): boolean =>
  reason === 'not-selected' && detail === ignoredDetail;

/** Left out on purpose: it is told, but nothing is wrong. */
export const isLeftOut = (reason: Reason): boolean => reasons[reason].rank === 5;

/** A row that is only ever linked, and was found to be no record of the portal: companies of an RMM, contacts of a learning platform. */
const linkedOnly: Readonly<Partial<Record<Reason, SyncIssue['type']>>> = {
  'company-not-imported': 'companies',
  'reference-missing': 'contacts',
};

/** Nobody but the one at the keyboard can say which record of the portal it is. */
export const waitsForMatch = ({ reason, type }: IssueKind): boolean =>
  reason === 'doubtful-match' || (type !== null && linkedOnly[reason] === type);

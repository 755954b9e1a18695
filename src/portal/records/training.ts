/** What an enrollment and a completion have in common: who, which course, of which client. */
import type { Reference } from './define.ts';
import { text } from './define.ts';

/** Set by the portal, from the records referred to. */
export const resolvedFields = {
  courseId: text(),
  courseTitle: text(),
  learnerId: text(),
  learnerName: text(),
  learnerEmail: text(),
  contactId: text(),
  companyId: text(),
  companyName: text(),
};

/** The vendor's ids of them. */
export const referringFields = {
  courseExternalId: text(),
  learnerExternalId: text(),
  contactExternalId: text(),
};

/** The company comes from the contact itself and not by way of the learner: a copy follows one step only. */
export const trainingReferences: readonly Reference[] = [
  {
    from: 'courseExternalId',
    to: 'courses',
    into: 'courseId',
    missing: 'hold',
    copy: { courseTitle: 'title' },
  },
  {
    from: 'learnerExternalId',
    to: 'learners',
    into: 'learnerId',
    missing: 'hold',
    copy: { learnerName: 'fullName', learnerEmail: 'email' },
  },
  {
    from: 'contactExternalId',
    to: 'contacts',
    into: 'contactId',
    missing: 'ignore',
    copy: { companyId: 'companyId', companyName: 'companyName' },
  },
];

export const setByPortal = {
  id: true,
  provider: true,
  externalId: true,
  courseId: true,
  courseTitle: true,
  learnerId: true,
  learnerName: true,
  learnerEmail: true,
  contactId: true,
  companyId: true,
  companyName: true,
} as const;

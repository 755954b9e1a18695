/** What the tests of both sides know of Autotask. */
import type { TwoWayVendor } from '../../engine/two-way/vendor.ts';
import { Desk } from './desk.ts';

const ofTicket: Readonly<Record<string, string>> = {
  title: 'title',
  status: 'status',
  queueName: 'queueID',
  typeName: 'ticketType',
  assigneeExternalId: 'assignedResourceID',
};
const names = ['Dana Reyes', 'Sam Field', 'Kim Abbott'];
const titles = ['Lead', 'Engineer', 'On call'];

export const autotask: TwoWayVendor = {
  id: 'autotask',
  // Pages have 500 rows.
  scale: 510,
  options: { writeTechnicians: true },
  faults: [
    'cut-writes',
    'errors-in-200',
    'no-resource-admin',
    'no-write-permission',
    'rewrites-text',
    'shown-late',
    'stuck-tracked-stamp',
    'thread-limit',
    'thread-limit-500',
  ],
  fields: {
    tickets: {
      title: { ours: ['Alpha', 'Beta', 'Gamma  line'], theirs: ['Alpha', 'Beta', 'Gamma line'] },
      status: {
        ours: ['Complete', 'In Progress', 'New', 'Waiting Customer', 'Re-opened'],
        theirs: [5, 8, 1, 7, 16],
      },
      // Never none: a ticket has a queue or an assignee.
      queueName: {
        ours: ['Service Desk', 'Field Engineering', 'Client Portal'],
        theirs: [29_683_354, 29_683_378, 29_682_833],
      },
      typeName: {
        ours: ['Incident', 'Problem', null, 'Service Request', 'Change Request'],
        theirs: [2, 3, null, 1, 4],
      },
      assigneeExternalId: {
        ours: ['29682900', '29682901', null, '29682902'],
        theirs: [29_682_900, 29_682_901, null, 29_682_902],
      },
    },
    users: { fullName: { ours: names, theirs: names }, title: { ours: titles, theirs: titles } },
  },
  desk(sim) {
    const desk = new Desk(sim);
    return {
      async values(type, id) {
        if (type === 'users') {
          const { firstName, lastName, title } = await desk.resource(id);
          return { fullName: `${firstName} ${lastName}`, title };
        }
        const ticket = await desk.ticket(id);
        return Object.fromEntries(Object.entries(ofTicket).map(([field, key]) => [field, ticket[key] ?? null]));
      },
      async edit(type, id, field, value) {
        if (type === 'users') {
          const [firstName, lastName] = String(value).split(' ');
          return await desk.editResource(id, field === 'title' ? { title: value } : { firstName, lastName });
        }
        // Nobody is assigned without the role in which they work.
        const role = field === 'assigneeExternalId' ? { assignedResourceRoleID: await desk.roleOf(value) } : {};
        return await desk.edit(id, { [ofTicket[field] ?? '']: value, ...role });
      },
      async create(title, like) {
        const { companyID } = await desk.ticket(like);
        await desk.create({ title, companyID, status: 1, priority: 3, queueID: 29_683_354 });
      },
      titled: (title) => desk.titled(title),
      notes: async (id) => (await desk.notes(id)).map(({ description }) => description),
    };
  },
};

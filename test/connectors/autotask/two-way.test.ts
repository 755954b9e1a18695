/** Autotask and the portal, edited on both sides at random. */
import { type TwoWayVendor, testBothSides } from '../../engine/two-way.ts';
import { Desk } from './desk.ts';

const keys: Readonly<Record<string, string>> = {
  title: 'title',
  status: 'status',
  queueName: 'queueID',
  typeName: 'ticketType',
};

const autotask: TwoWayVendor = {
  id: 'autotask',
  fields: {
    title: { ours: ['Alpha', 'Beta', 'Gamma  line'], theirs: ['Alpha', 'Beta', 'Gamma line'] },
    status: {
      ours: ['In Progress', 'Waiting Customer', 'Complete', 'Re-opened', 'New'],
      theirs: [8, 7, 5, 16, 1],
    },
    queueName: {
      ours: ['Service Desk', 'Field Engineering', 'Client Portal', 'Old Projects', null],
      theirs: [29_683_354, 29_683_378, 29_682_833, 29_682_969, null],
    },
    typeName: {
      ours: ['Incident', 'Problem', null, 'Service Request', 'Change Request'],
      theirs: [2, 3, null, 1, 4],
    },
  },
  desk(sim) {
    const desk = new Desk(sim);
    return {
      async values(id) {
        const ticket = await desk.ticket(id);
        return Object.fromEntries(Object.entries(keys).map(([field, key]) => [field, ticket[key] ?? null]));
      },
      edit: (id, field, value) => desk.edit(id, { [keys[field] ?? '']: value }),
      async create(title, like) {
        const { companyID } = await desk.ticket(like);
        await desk.create({ title, companyID, status: 1, priority: 3, queueID: 29_683_354 });
      },
      titled: (title) => desk.titled(title),
      notes: async (id) => (await desk.notes(id)).map(({ description }) => description),
    };
  },
};

testBothSides(autotask);

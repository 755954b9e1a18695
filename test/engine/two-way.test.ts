/** Halo and the portal, edited on both sides at random. */
import { HaloDesk, type HaloTicket } from './halo-desk.ts';
import { type TwoWayVendor, testBothSides } from './two-way.ts';

const keys: Readonly<Record<string, keyof HaloTicket>> = {
  title: 'summary',
  status: 'status_id',
  queueName: 'team',
  categoryName: 'category_1',
};

const halo: TwoWayVendor = {
  id: 'halo-psa',
  fields: {
    title: { ours: ['Alpha', ' Beta', 'Gamma  line'], theirs: ['Alpha', 'Beta', 'Gamma line'] },
    status: {
      ours: ['New', 'In Progress', 'With User', 'Action Required', 'Closed', 'Updated', 'Re-Opened'],
      theirs: [1, 2, 4, 3, 9, 21, 22],
    },
    queueName: { ours: ['Service Desk', 'Field Engineering'], theirs: ['Service Desk', 'Field Engineering'] },
    categoryName: { ours: ['Hardware', 'Software', null], theirs: ['Hardware', 'Software', ''] },
  },
  desk(sim) {
    const desk = new HaloDesk(sim);
    return {
      async values(ticket) {
        const row = await desk.ticket(ticket);
        return Object.fromEntries(Object.entries(keys).map(([field, key]) => [field, row[key] ?? '']));
      },
      edit: (ticket, field, value) => desk.edit(ticket, { [keys[field] ?? '']: value }),
      async create(title, like) {
        const { client_id } = await desk.ticket(like);
        await desk.create({ summary: title, client_id });
      },
      titled: (title) => desk.titled(title),
      notes: (ticket) => desk.notes(ticket),
    };
  },
};

testBothSides(halo);

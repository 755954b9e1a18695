/** What the tests of both sides know of Halo. */
import { HaloDesk, type HaloTicket } from '../../engine/halo-desk.ts';
import type { TwoWayVendor } from '../../engine/two-way/vendor.ts';

const ofTicket: Readonly<Record<string, keyof HaloTicket>> = {
  title: 'summary',
  status: 'status_id',
  queueName: 'team',
  categoryName: 'category_1',
  assigneeExternalId: 'agent_id',
};
const ofAgent: Readonly<Record<string, 'name' | 'jobtitle'>> = { fullName: 'name', title: 'jobtitle' };
const names = ['Dana Reyes', 'Sam van Dyke', 'Kim Field'];
const titles = ['Lead', 'Engineer', 'On call'];

export const halo: TwoWayVendor = {
  id: 'halo-psa',
  // Pages have 100 rows.
  scale: 110,
  credentials: { scope: 'read:tickets edit:tickets read:customers all:teams' },
  options: { writeTechnicians: true },
  faults: ['close-needs-confirmation', 'filter-ignored', 'renamed-update-field', 'rewrites-text'],
  fields: {
    tickets: {
      title: { ours: ['Alpha', ' Beta', 'Gamma  line'], theirs: ['Alpha', 'Beta', 'Gamma line'] },
      status: {
        ours: ['Closed', 'In Progress', 'New', 'With User', 'Action Required', 'Updated', 'Re-Opened'],
        theirs: [9, 2, 1, 4, 3, 21, 22],
      },
      queueName: { ours: ['Service Desk', 'Field Engineering'], theirs: ['Service Desk', 'Field Engineering'] },
      categoryName: { ours: ['Hardware', 'Software', null], theirs: ['Hardware', 'Software', ''] },
      assigneeExternalId: { ours: ['3', '4', null, '5'], theirs: [3, 4, 1, 5] },
    },
    users: { fullName: { ours: names, theirs: names }, title: { ours: titles, theirs: titles } },
  },
  desk(sim) {
    const desk = new HaloDesk(sim);
    return {
      async values(type, id) {
        if (type === 'users') {
          const { name, jobtitle = '' } = await desk.agent(id);
          return { fullName: name, title: jobtitle };
        }
        const row = await desk.ticket(id);
        return Object.fromEntries(Object.entries(ofTicket).map(([field, key]) => [field, row[key] ?? '']));
      },
      edit: (type, id, field, value) =>
        type === 'users'
          ? desk.editAgent(id, { [ofAgent[field] ?? '']: value })
          : desk.edit(id, { [ofTicket[field] ?? '']: value }),
      async create(title, like) {
        const { client_id } = await desk.ticket(like);
        await desk.create({ summary: title, client_id });
      },
      titled: (title) => desk.titled(title),
      notes: (ticket) => desk.notes(ticket),
    };
  },
};

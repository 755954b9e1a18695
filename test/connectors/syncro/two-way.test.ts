/** Syncro and the portal, edited on both sides at random. */
import { type TwoWayVendor, testBothSides } from '../../engine/two-way.ts';
import { Desk, type Ticket } from './desk.ts';

const keys: Readonly<Record<string, keyof Ticket>> = {
  title: 'subject',
  status: 'status',
  priority: 'priority',
  categoryName: 'problem_type',
  assigneeExternalId: 'user_id',
};
const statuses = ['New', 'In Progress', 'Resolved'];
const priorities = ['0 Urgent', '2 Normal'];
const problems = ['Hardware', 'Software'];

const syncro: TwoWayVendor = {
  id: 'syncro',
  fields: {
    title: { ours: ['Alpha', ' Beta', 'Gamma  line'], theirs: ['Alpha', 'Beta', 'Gamma line'] },
    status: { ours: statuses, theirs: statuses },
    priority: { ours: [...priorities, null], theirs: [...priorities, ''] },
    categoryName: { ours: [...problems, null], theirs: [...problems, ''] },
    assigneeExternalId: { ours: ['101', null], theirs: ['101', ''] },
  },
  desk(sim) {
    const desk = new Desk(sim);
    return {
      async values(ticket) {
        const row = await desk.ticket(ticket);
        return Object.fromEntries(Object.entries(keys).map(([field, key]) => [field, String(row[key] ?? '')]));
      },
      edit: (ticket, field, value) => desk.edit(ticket, { [keys[field] ?? '']: value }),
      async create(title, like) {
        const { customer_id } = await desk.ticket(like);
        await desk.create({ subject: title, customer_id });
      },
      titled: (title) => desk.titled(title),
      notes: async (ticket) => (await desk.notes(ticket)).map(({ body }) => body),
    };
  },
};

testBothSides(syncro);

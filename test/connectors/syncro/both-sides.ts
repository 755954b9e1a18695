/** What the tests of both sides know of Syncro. */
import type { TwoWayVendor } from '../../engine/two-way/vendor.ts';
import { Desk, type Ticket } from './desk.ts';

const keys: Readonly<Record<string, keyof Ticket>> = {
  title: 'subject',
  status: 'status',
  priority: 'priority',
  categoryName: 'problem_type',
  assigneeExternalId: 'user_id',
};
const statuses = ['Resolved', 'In Progress', 'New', 'Invoiced'];
const priorities = ['0 Urgent', '2 Normal'];
const problems = ['Hardware', 'Software'];

export const syncro: TwoWayVendor = {
  id: 'syncro',
  // Pages have 50 rows; 25 where they are as documented.
  scale: 60,
  smallPages: 'documented-page-size',
  faults: [
    'account-zone',
    'all-comments',
    'blanks-ignored',
    'documented-page-size',
    'listed-late',
    'outtake-form',
    'rewrites-text',
    'since-ignored',
  ],
  fields: {
    tickets: {
      title: { ours: ['Alpha', ' Beta', 'Gamma  line'], theirs: ['Alpha', 'Beta', 'Gamma line'] },
      status: { ours: statuses, theirs: statuses },
      priority: { ours: [...priorities, null], theirs: [...priorities, ''] },
      categoryName: { ours: [...problems, null], theirs: [...problems, ''] },
      assigneeExternalId: { ours: ['101', '102', null], theirs: ['101', '102', ''] },
    },
    users: {},
  },
  desk(sim) {
    const desk = new Desk(sim);
    return {
      async values(type, id) {
        if (type === 'users') return {};
        const row = await desk.ticket(id);
        return Object.fromEntries(Object.entries(keys).map(([field, key]) => [field, String(row[key] ?? '')]));
      },
      edit: (_type, id, field, value) => desk.edit(id, { [keys[field] ?? '']: value }),
      async create(title, like) {
        const { customer_id } = await desk.ticket(like);
        await desk.create({ subject: title, customer_id });
      },
      titled: (title) => desk.titled(title),
      notes: async (ticket) => (await desk.notes(ticket)).map(({ body }) => body),
    };
  },
};

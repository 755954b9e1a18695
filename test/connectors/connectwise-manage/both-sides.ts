/** What the tests of both sides know of ConnectWise. */
import type { TwoWayVendor } from '../../engine/two-way/vendor.ts';
import { ConnectWiseDesk } from './desk.ts';

const statuses = ['>Closed', 'In Progress', 'New', 'Waiting Client', 'Re-opened', 'Completed'];
const boards = ['Help Desk', 'Changes', 'Field Services'];
const subTypes = ['Hardware', 'Software', null, 'Network', 'Access', 'Security', 'Server'];
const owners = [153, 154, null, 155, 156, 157];
const names = ['Dana Reyes', 'Sam Field', 'Kim Abbott'];
const titles = ['Lead', 'Engineer', 'On call'];

export const connectWise: TwoWayVendor = {
  id: 'connectwise-manage',
  // Pages have 1,000 rows; 250 while larger ones time out.
  scale: 255,
  smallPages: 'large-pages-time-out',
  options: { writeTechnicians: true },
  faults: [
    'large-pages-time-out',
    'no-forward-only',
    'no-right-close',
    'no-right-write',
    'patch-ignored',
    'record-in-use',
    'rewrites-text',
    'upgraded',
  ],
  needed: { boardName: 'Help Desk' },
  fields: {
    tickets: {
      title: { ours: ['Alpha', ' Beta', 'Gamma  line'], theirs: ['Alpha', 'Beta', 'Gamma line'] },
      status: { ours: statuses, theirs: statuses },
      boardName: { ours: boards, theirs: boards },
      categoryName: { ours: subTypes, theirs: subTypes },
      assigneeExternalId: { ours: owners.map((id) => id && String(id)), theirs: owners },
    },
    users: { fullName: { ours: names, theirs: names }, title: { ours: titles, theirs: titles } },
  },
  desk(sim) {
    const desk = new ConnectWiseDesk(sim);
    return {
      async values(type, id) {
        if (type === 'users') {
          const { firstName, lastName = '', title = '' } = await desk.member(id);
          return { fullName: `${firstName} ${lastName}`.trim(), title };
        }
        const { summary, status, board, subType, owner } = await desk.ticket(id);
        return {
          title: summary,
          status: status.name,
          boardName: board.name,
          categoryName: subType?.name ?? null,
          assigneeExternalId: owner?.id ?? null,
        };
      },
      async edit(type, id, field, value) {
        if (type === 'users') {
          const [firstName, lastName] = String(value).split(' ');
          return await desk.editMember(id, field === 'title' ? { title: value } : { firstName, lastName });
        }
        const named = value === null ? null : { name: value };
        if (field === 'title') return await desk.edit(id, { summary: value });
        if (field === 'status') return await desk.edit(id, { status: named });
        if (field === 'categoryName') return await desk.edit(id, { subType: named });
        if (field === 'assigneeExternalId')
          return await desk.edit(id, { owner: value === null ? null : { id: value } });
        // Who moves a ticket by hand is asked what it becomes on the other board: the same.
        const { status, type: kind, subType } = await desk.ticket(id);
        const same = (of: { name: string } | undefined) => (of === undefined ? null : { name: of.name });
        return await desk.edit(id, { board: named, status: same(status), type: same(kind), subType: same(subType) });
      },
      async create(title, like) {
        const { company, board } = await desk.ticket(like);
        await desk.create({ summary: title, company: { id: company.id }, board: { id: board.id } });
      },
      titled: (title) => desk.titled(title),
      notes: async (ticket) => (await desk.notes(ticket)).map(({ text }) => text),
    };
  },
};

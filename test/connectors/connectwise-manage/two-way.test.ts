/** ConnectWise and the portal, edited on both sides at random. */
import { type TwoWayVendor, testBothSides } from '../../engine/two-way.ts';
import { ConnectWiseDesk } from './desk.ts';

const statuses = ['New', 'In Progress', '>Closed', 'Waiting Client', 'Re-opened', 'Completed'];
const boards = ['Help Desk', 'Changes', 'Field Services'];
const subTypes = ['Hardware', 'Software', null, 'Network', 'Access', 'Security', 'Server'];

const connectWise: TwoWayVendor = {
  id: 'connectwise-manage',
  fields: {
    title: { ours: ['Alpha', ' Beta', 'Gamma  line'], theirs: ['Alpha', 'Beta', 'Gamma line'] },
    status: { ours: statuses, theirs: statuses },
    boardName: { ours: boards, theirs: boards },
    categoryName: { ours: subTypes, theirs: subTypes },
  },
  needed: { boardName: 'Help Desk' },
  desk(sim) {
    const desk = new ConnectWiseDesk(sim);
    return {
      async values(ticket) {
        const { summary, status, board, subType } = await desk.ticket(ticket);
        return { title: summary, status: status.name, boardName: board.name, categoryName: subType?.name ?? null };
      },
      async edit(ticket, field, value) {
        const named = value === null ? null : { name: value };
        if (field === 'title') return await desk.edit(ticket, { summary: value });
        if (field === 'status') return await desk.edit(ticket, { status: named });
        if (field === 'categoryName') return await desk.edit(ticket, { subType: named });
        // Who moves a ticket by hand is asked what it becomes on the other board: the same.
        const { status, type, subType } = await desk.ticket(ticket);
        const same = (of: { name: string } | undefined) => (of === undefined ? null : { name: of.name });
        return await desk.edit(ticket, {
          board: named,
          status: same(status),
          type: same(type),
          subType: same(subType),
        });
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

testBothSides(connectWise);

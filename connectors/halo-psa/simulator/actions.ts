/** The notes a ticket has before anybody adds one: its description, then the work done in the invented world. */
import type { Instance } from './instance.ts';
import { type Action, apiAgent, paragraph, type Ticket } from './model.ts';

export function firstActions(instance: Instance, ticket: Ticket): Action[] {
  const reporter = instance.users.get(ticket.user);
  const first: Action = {
    id: 1,
    outcome: 15,
    who: reporter ? instance.userName(reporter) : 'Unknown',
    agent: 0,
    at: ticket.created,
    note: ticket.details,
    html: ticket.html ?? paragraph(ticket.details),
    hidden: false,
    application: null,
    hours: 0,
  };
  const notes = ticket.origin ? instance.world.notes(ticket.origin) : [];
  const rest = notes.map((note, index): Action => {
    const agent = apiAgent + 1 + note.technician;
    return {
      id: index + 2,
      outcome: note.isPrivate ? 7 : 12,
      who: instance.agents.get(agent)?.name ?? 'Unassigned',
      agent,
      at: note.at,
      note: note.text,
      html: paragraph(note.text),
      hidden: note.isPrivate,
      application: null,
      hours: 0.25,
    };
  });
  return [first, ...rest];
}

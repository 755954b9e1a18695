/**
 * Writing tickets, notes and agents. Halo has one verb, POST of an array to the collection; with an id it changes the fields given. It has
 * no versions and no keys against doubles: a create is found again by `client_reference`, a text of 50 characters.
 */
import { z } from 'zod';
import type { ConnectorEnvironment } from '../../src/connector/contract.ts';
import { type Names, rejected } from '../../src/connector/psa/names.ts';
import type { SourceItem } from '../../src/connector/source-item.ts';
import type { CreateSearch, FieldValues, Note, NoteSearch, RecordWriter } from '../../src/connector/writer.ts';
import type { RecordType } from '../../src/portal/records/index.ts';
import type { HaloApi } from './api.ts';
import { agentRow, type Selection, type TicketRow, ticketRow, toTicket, toUser, unassignedAgent } from './mapping.ts';
import { ticketLists } from './writes.ts';

export function writerOf(
  type: RecordType,
  halo: HaloApi,
  names: Names,
  selection: Selection,
  { options, memory }: ConnectorEnvironment,
): RecordWriter | undefined {
  if (type === 'tickets') return ticketWriter(halo, names, selection, Number(options.noteOutcome ?? 7), memory);
  if (type === 'users' && options.writeTechnicians === true) return agentWriter(halo);
  return undefined;
}

type Memory = ConnectorEnvironment['memory'];
/** A filter that an instance does not know is ignored: then these are its newest tickets, and each costs a request. */
const fewCandidates = 20;
/** Whether this instance keeps `client_reference`: which column it is was inferred, so it is read back once. */
const keepsReference = 'keepsClientReference';

const placeRow = z.object({ id: z.number(), main_site_id: z.number().optional(), site_id: z.number().optional() });
const actionRow = z.object({
  id: z.number(),
  ticket_id: z.number().optional(),
  note: z.string().optional(),
  datetime: z.string().optional(),
  hiddenfromuser: z.boolean().optional(),
  actionby_application_id: z.unknown().optional(),
});

function ticketWriter(
  halo: HaloApi,
  names: Names,
  selection: Selection,
  outcome: number,
  memory: Memory,
): RecordWriter {
  const mapped = async (row: TicketRow, signal: AbortSignal): Promise<SourceItem> => {
    const [item] = await names.items([row], (each, listed) => toTicket(each, listed, selection, halo.now()), signal);
    return item ?? { kind: 'gone', externalId: String(row.id) };
  };
  const read = (id: string, signal: AbortSignal) =>
    halo.one(`Tickets/${encodeURIComponent(id)}`, ticketRow, signal, { includedetails: true, nocache: true });

  async function body(fields: FieldValues, before: TicketRow | null, signal: AbortSignal): Promise<object> {
    // Now, and not after the write: what cannot be read must not make its outcome uncertain.
    await names.lists(signal);
    const posted: Record<string, unknown> = {};
    const say = (field: string, key: string) => {
      if (fields[field] !== undefined) posted[key] = fields[field] ?? '';
    };
    say('title', 'summary');
    say('description', 'details');
    say('categoryName', 'category_1');
    const value = (field: keyof typeof ticketLists, parent?: string) =>
      names.value(
        { list: ticketLists[field], field, name: fields[field], ...(parent === undefined ? {} : { parent }) },
        signal,
      );
    if (fields.status != null) posted.status_id = Number((await value('status')).id);
    if (fields.typeName != null) posted.tickettype_id = Number((await value('typeName')).id);
    // By name, though lists filter by id.
    if (fields.queueName != null) posted.team = (await value('queueName')).name;
    if (fields.priority != null) {
      const type = posted.tickettype_id;
      const sla = type === undefined ? before?.sla_id : await halo.slaOfType(String(type), signal);
      if (sla === undefined)
        throw rejected('priority', 'Halo numbers priorities within the type: say the type as well.');
      posted.priority_id = Number((await value('priority', String(sla))).id);
    }
    if (fields.assigneeExternalId !== undefined) {
      posted.agent_id = fields.assigneeExternalId === null ? unassignedAgent : Number(fields.assigneeExternalId);
    }
    for (const field of ['status', 'typeName', 'queueName', 'priority', 'companyExternalId', 'contactExternalId']) {
      if (fields[field] === null)
        throw rejected(field, `Halo keeps a value here on every ticket; it cannot be emptied.`);
    }
    Object.assign(posted, await place(fields, signal));
    return posted;
  }

  /** A contact is sent with its site; a company without a contact with its main one. */
  async function place(fields: FieldValues, signal: AbortSignal): Promise<object> {
    const { companyExternalId, contactExternalId } = fields;
    const one = async (path: string, field: string, id: unknown) => {
      const row = await halo.one(`${path}/${encodeURIComponent(String(id))}`, placeRow, signal, {
        includedetails: true,
      });
      if (row === null)
        throw rejected(field, `Halo no longer has the ${path === 'Users' ? 'contact' : 'company'} ${id}.`);
      return row;
    };
    const company = companyExternalId == null ? {} : { client_id: Number(companyExternalId) };
    if (contactExternalId != null) {
      const { site_id } = await one('Users', 'contactExternalId', contactExternalId);
      return { ...company, user_id: Number(contactExternalId), ...(site_id && { site_id: Math.trunc(site_id) }) };
    }
    if (companyExternalId == null) return {};
    const { main_site_id } = await one('Client', 'companyExternalId', companyExternalId);
    return { ...company, ...(main_site_id && { site_id: Math.trunc(main_site_id) }) };
  }

  return {
    async current(externalId, signal) {
      const row = await read(externalId, signal);
      return row === null ? { kind: 'gone', externalId } : await mapped(row, signal);
    },

    async create(fields, marker, signal) {
      const posted = { ...(await body(fields, null, signal)), client_reference: marker };
      const row = await halo.post('Tickets', ticketRow, posted, signal);
      if (row.client_reference !== undefined) {
        memory.set(keepsReference, row.client_reference === marker ? 'yes' : 'no');
      }
      return await mapped(row, signal);
    },

    async findCreated({ fields, marker, since }: CreateSearch, signal) {
      const list = (query: Record<string, string | number | boolean>) =>
        halo.find('Tickets', 'tickets', ticketRow, signal, {
          domain: 'reqs',
          pageinate: true,
          page_no: 1,
          page_size: fewCandidates,
          order: 'id',
          orderdesc: true,
          ...query,
        });
      // Whether client_ref compares whole or in part is not known, and lists do not show the reference: each is read by itself.
      const withReference = async (rows: readonly TicketRow[]) => {
        const full: TicketRow[] = [];
        for (const { id } of rows) {
          const row = await read(String(id), signal);
          if (row !== null) full.push(row);
        }
        return full;
      };
      const all = (rows: readonly TicketRow[]) => Promise.all(rows.map((row) => mapped(row, signal)));
      const marked = (await withReference(await list({ client_ref: marker }))).filter(
        (row) => row.client_reference === marker,
      );
      if (marked.length > 0 || memory.get(keepsReference) === 'yes') return await all(marked);

      const alike = (
        await list({
          search_summary: String(fields.title ?? ''),
          client_id: Number(fields.companyExternalId),
          datesearch: 'dateoccured',
          startdate: since,
        })
      ).filter(({ summary }) => summary?.trim() === String(fields.title ?? '').trim());
      const unmarked = (await withReference(alike)).filter((row) => !row.client_reference);
      return await all(unmarked);
    },

    async update(externalId, fields, signal) {
      const before = fields.priority == null ? null : await read(externalId, signal);
      const posted = { id: Number(externalId), ...(await body(fields, before, signal)) };
      return await mapped(await halo.post('Tickets', ticketRow, posted, signal), signal);
    },

    async addNote(externalId, note: Note, _marker, signal) {
      const posted = {
        ticket_id: Number(externalId),
        outcome_id: outcome,
        note_html: html(note.text),
        hiddenfromuser: note.private,
      };
      const row = await halo.post('Actions', actionRow, posted, signal);
      return noteId(externalId, row.id);
    },

    /** Notes have no reference of ours. An application's notes name it; no person's do. */
    async findNote(externalId, { text, since, ...note }: NoteSearch, signal) {
      const query = { ticket_id: Number(externalId), excludesys: true, includehtmlnote: true };
      const rows = await halo.find('Actions', 'actions', actionRow, signal, query);
      // Line breaks may come back as anything.
      const plain = (value: string) => value.replace(/\s+/g, '');
      return rows
        .filter(({ actionby_application_id: application }) => application != null && application !== '')
        .filter((row) => plain(row.note ?? '') === plain(text) && row.hiddenfromuser === note.private)
        .filter(({ datetime }) => datetime === undefined || Date.parse(datetime) >= Date.parse(since))
        .map(({ id }) => noteId(externalId, id));
    },
  };
}

function agentWriter(halo: HaloApi): RecordWriter {
  return {
    async current(externalId, signal) {
      const row = await halo.one(`Agent/${encodeURIComponent(externalId)}`, agentRow, signal, { includedetails: true });
      return (row && toUser(row)) ?? { kind: 'gone', externalId };
    },
    async update(externalId, fields, signal) {
      if (fields.fullName === null) throw rejected('fullName', 'An agent of Halo has a name.');
      const posted = {
        id: Number(externalId),
        ...(fields.fullName === undefined ? {} : { name: fields.fullName }),
        ...(fields.title === undefined ? {} : { jobtitle: fields.title ?? '' }),
      };
      const row = await halo.post('Agent', agentRow, posted, signal);
      return toUser(row) ?? { kind: 'gone', externalId };
    },
  };
}

/** Actions are numbered within their ticket. */
const noteId = (ticket: string, action: number) => `${ticket}/${action}`;

function html(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<p>${escaped.replaceAll(/\r?\n/g, '<br>')}</p>`;
}

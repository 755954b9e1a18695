/**
 * Writing tickets and notes. Syncro has no versions, no keys against doubles and no field for a foreign reference: a ticket is found
 * again by our mark among its tags, a note by the mark in its subject.
 */
import { z } from 'zod';
import type { ConnectorEnvironment } from '../../src/connector/contract.ts';
import { NotFound } from '../../src/connector/errors.ts';
import type { Names } from '../../src/connector/psa/names.ts';
import { bearsMark, markedTitle } from '../../src/connector/psa/note-mark.ts';
import type { SourceItem } from '../../src/connector/source-item.ts';
import type { CreateSearch, FieldValues, Note, NoteSearch, RecordWriter } from '../../src/connector/writer.ts';
import type { Row, SyncroApi } from './api.ts';
import { type Selection, type TicketRow, ticketRow, toTicket } from './mapping.ts';
import { checkTaken, ticketBody } from './ticket-body.ts';

const day = 86_400_000;
/** All our marks begin so. */
const ourMark = /^msp-/;
/** Set once an answer has shown that tags come back as they were given: then a ticket without our mark is none of ours. */
const keepsTags = 'keepsTags';

const commentRow = z.object({ id: z.number().int(), subject: z.string().nullish() });

export function ticketWriter(
  api: SyncroApi,
  names: Names,
  selection: Selection,
  { options, memory }: Pick<ConnectorEnvironment, 'options' | 'memory'>,
): RecordWriter {
  const mayEmail = options.emailClients === true;
  const item = (row: TicketRow): SourceItem<'tickets'> => toTicket(row, selection, api.now());

  /** A row of another form is none of ours. */
  async function madeSince(since: string, where: { readonly customer_id?: number }, signal: AbortSignal) {
    // What a time is compared in, the account's zone or UTC, is not documented.
    const created_after = new Date(Date.parse(since) - day).toISOString();
    const rows: Row[] = [];
    for await (const page of api.list('tickets', { ...where, created_after }, { position: null, signal })) {
      rows.push(...page.rows);
    }
    return rows.flatMap((row) => ticketRow.safeParse(row).data ?? []);
  }

  return {
    async current(externalId, signal) {
      try {
        return item(await api.ticket(Number(externalId), signal));
      } catch (error) {
        if (error instanceof NotFound) return { kind: 'gone', externalId };
        throw error;
      }
    },

    async create({ description, ...fields }, marker, signal) {
      const said = Object.entries(await ticketBody(names, fields, signal));
      const body = {
        // Nothing and "none" are the same on a new ticket.
        ...Object.fromEntries(said.filter(([, value]) => value !== null && value !== '')),
        tag_list: [marker],
        ...opening(description, mayEmail),
      };
      const row = await api.writeTicket(null, body, signal);
      if (row.tag_list?.includes(marker)) memory.set(keepsTags, 'yes');
      return item(row);
    },

    async findCreated({ fields, marker, since }: CreateSearch, signal) {
      const ofCustomer = await madeSince(since, { customer_id: Number(fields.companyExternalId) }, signal);
      const marked = ({ tag_list }: TicketRow) => tag_list?.includes(marker) === true;
      const found = ofCustomer.filter(marked);
      if (found.length > 0) return found.map(item);
      // Somebody may have given it to another customer meanwhile.
      const elsewhere = (await madeSince(since, {}, signal)).filter(marked);
      if (elsewhere.length > 0 || memory.get(keepsTags) === 'yes') return elsewhere.map(item);
      return ofCustomer
        .filter((row) => folded(row.subject) === folded(fields.title) && isSince(row.created_at, since))
        .filter(({ tag_list }) => !tag_list?.some((tag) => ourMark.test(tag)))
        .map(item);
    },

    async update(externalId, fields: FieldValues, signal) {
      const body = await ticketBody(names, fields, signal);
      const changed = item(await api.writeTicket(Number(externalId), body, signal));
      if (changed.kind === 'record') checkTaken(fields, changed.record);
      return changed;
    },

    async addNote(externalId, { text, private: hidden }: Note, marker, signal) {
      const note = { subject: markedTitle(marker), body: text, ...audience(hidden, mayEmail) };
      return String(await api.comment(Number(externalId), note, signal));
    },

    async findNote(externalId, { marker, since }: NoteSearch, signal) {
      const query = { created_after: new Date(Date.parse(since) - day).toISOString(), per_page: 100 };
      const ids: string[] = [];
      const path = `tickets/${Number(externalId)}/comments`;
      for await (const { rows } of api.list(path, query, { position: null, signal })) {
        for (const row of rows) {
          const comment = commentRow.safeParse(row).data;
          if (comment !== undefined && bearsMark(comment.subject, marker)) ids.push(String(comment.id));
        }
      }
      return ids;
    },
  };
}

/** The first comment of a ticket is its description. */
function opening(description: FieldValues[string] | undefined, mayEmail: boolean): object {
  const body = String(description ?? '');
  if (body.trim() === '') return {};
  return { comments_attributes: [{ subject: 'Initial Issue', body, ...audience(false, mayEmail) }] };
}

/** Unless it is told not to, Syncro e-mails the client about every comment. */
function audience(hidden: boolean, mayEmail: boolean) {
  return { hidden, do_not_email: hidden || !mayEmail };
}

const folded = (text: unknown) =>
  String(text ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();
const isSince = (at: string | null | undefined, since: string) => Date.parse(at ?? '') >= Date.parse(since);

/**
 * Writing tickets and their notes. ConnectWise has no versions and no keys against doubles. A create is found again by `externalXRef`,
 * the reference that it keeps for other programs (100 characters); a note has none, and is found by its text.
 */
import { z } from 'zod';
import type { ConnectorEnvironment } from '../../src/connector/contract.ts';
import type { Names } from '../../src/connector/psa/names.ts';
import type { SourceItem } from '../../src/connector/source-item.ts';
import type { CreateSearch, FieldValues, Note, NoteSearch, RecordWriter } from '../../src/connector/writer.ts';
import type { ConnectWiseApi, Row } from './api.ts';
import { withDescription } from './descriptions.ts';
import { noLongerThere, oddAnswer } from './failures.ts';
import { tickets } from './lists.ts';
import { mapRow, type Selection, toTicket } from './mapping.ts';
import { operations, requireDone } from './patch.ts';
import { ticketRow } from './rows.ts';
import { ticketProperties } from './ticket-properties.ts';
import { ticketFields } from './writes.ts';

/** Among so many of the newest notes of a ticket a lost one is looked for. */
const newestNotes = 100;

const noteRow = z.object({
  id: z.number(),
  text: z.string().nullish(),
  internalAnalysisFlag: z.boolean().nullish(),
  dateCreated: z.string().nullish(),
});

export function ticketWriter(
  api: ConnectWiseApi,
  names: Names,
  selection: Selection,
  { options }: Pick<ConnectorEnvironment, 'options'>,
): RecordWriter {
  // Else what is written from here sends the e-mails to contacts that ConnectWise sends for it.
  const quiet = options.notifications === true ? {} : { processNotifications: false };

  const mapped = async (row: Row, signal: AbortSignal): Promise<SourceItem> => {
    const item = mapRow(row, ticketRow, (each) => toTicket(each, selection, api.now()));
    const told = options.descriptions === true ? await withDescription(api, item, signal) : item;
    return told ?? { kind: 'gone', externalId: String(row.id) };
  };
  const propertiesOf = (fields: FieldValues, row: Row | null, signal: AbortSignal) => {
    const before = row === null ? null : ticketRow.safeParse(row);
    if (before?.success === false) throw oddAnswer(tickets.path, z.prettifyError(before.error));
    return ticketProperties(fields, before?.data ?? null, names, signal);
  };

  return {
    async current(externalId, signal) {
      const row = await api.one(tickets, externalId, signal);
      return row === null ? { kind: 'gone', externalId } : await mapped(row, signal);
    },

    async create(fields, marker, signal) {
      const properties = await propertiesOf(fields, null, signal);
      const { description } = fields;
      const body = {
        recordType: 'ServiceTicket',
        // What has no value is left out: then ConnectWise takes its own default.
        ...Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null)),
        ...(description == null || description === '' ? {} : { initialDescription: description }),
        externalXRef: marker,
        ...quiet,
      };
      return await mapped(await api.write('POST', tickets.path, body, signal), signal);
    },

    async findCreated({ marker }: CreateSearch, signal) {
      const query = { conditions: `externalXRef="${marker}"`, pageSize: 2, fields: 'id' };
      const rows = await api.rows(tickets.path, query, signal);
      const full = await Promise.all(rows.map(({ id }) => api.one(tickets, String(id), signal)));
      return await Promise.all(full.filter((row) => row !== null).map((row) => mapped(row, signal)));
    },

    async update(externalId, fields, signal) {
      const before = await api.one(tickets, externalId, signal);
      if (before === null) throw noLongerThere('ticket');
      const properties = await propertiesOf(fields, before, signal);
      const list = operations(properties);
      if (list.length === 0) return await mapped(before, signal);
      const after = await api.write('PATCH', `${tickets.path}/${externalId}`, list, signal);
      requireDone(properties, before, after, ticketFields);
      return await mapped(after, signal);
    },

    async addNote(externalId, note: Note, _marker, signal) {
      // Without a flag a note shows on no tab: Discussion is for the client as well, Internal is not.
      const body = {
        text: note.text,
        detailDescriptionFlag: !note.private,
        internalAnalysisFlag: note.private,
        resolutionFlag: false,
        ...quiet,
      };
      const { id } = await api.write('POST', notesOf(externalId), body, signal);
      return String(id);
    },

    async findNote(externalId, { text, since, ...note }: NoteSearch, signal) {
      const query = { orderBy: 'id desc', pageSize: newestNotes };
      const rows = z.array(noteRow).safeParse(await api.rows(notesOf(externalId), query, signal));
      if (!rows.success) throw oddAnswer(notesOf(externalId), z.prettifyError(rows.error));
      // Line breaks may come back as spaces.
      const plain = (value: string) => value.replace(/\s+/g, '');
      return rows.data
        .filter((row) => plain(row.text ?? '') === plain(text) && (row.internalAnalysisFlag === true) === note.private)
        .filter(({ dateCreated }) => dateCreated == null || Date.parse(dateCreated) >= Date.parse(since))
        .map(({ id }) => String(id))
        .reverse();
    },
  };
}

const notesOf = (ticket: string) => `service/tickets/${encodeURIComponent(ticket)}/notes`;

/**
 * Writing tickets and notes. Autotask has no versions and no keys against doubles: a ticket is found again by our mark in its
 * External ID (or a field of the tenant's), a note by the mark in its title.
 */
import { z } from 'zod';
import type { Options } from '../../src/connector/manifest.ts';
import { type Names, rejected } from '../../src/connector/psa/names.ts';
import { bearsMark, markedTitle } from '../../src/connector/psa/note-mark.ts';
import type { PsaSelection } from '../../src/connector/psa/selection.ts';
import type { SourceItem } from '../../src/connector/source-item.ts';
import type { FieldValues, RecordWriter } from '../../src/connector/writer.ts';
import { readBack } from './after-writing.ts';
import type { AutotaskApi, Condition, Row } from './api.ts';
import { ruleNote, ticketRow } from './mapping.ts';
import { entityOf, noRecord, ticketItems } from './reading.ts';
import { newTicketBody, ticketBody } from './ticket-body.ts';
import { noteEntity } from './writes.ts';

/** Autotask's own values of `publish`: everybody, customers included; and the MSP's people only. */
const publish = { all: 1, internal: 2 } as const;

const noteRow = z.object({ id: z.number().int(), title: z.string().nullish() });

export function ticketWriter(api: AutotaskApi, names: Names, selection: PsaSelection, options: Options): RecordWriter {
  const mark = markIn(String(options.markerField ?? '').trim());
  const item = async (row: Row, signal: AbortSignal) =>
    (await ticketItems(api, names, selection, [row], signal))[0] ?? noRecord(row);
  const read = (id: number, signal: AbortSignal) => api.one(entityOf.tickets, id, signal);
  const written = (id: number, what: string, signal: AbortSignal): Promise<SourceItem> =>
    readBack(what, async () => {
      const row = await read(id, signal);
      return row === null ? null : await item(row, signal);
    });

  return {
    async current(externalId, signal) {
      const row = await read(Number(externalId), signal);
      return row === null ? { kind: 'gone', externalId } : await item(row, signal);
    },

    async create(fields, marker, signal) {
      const body = await newTicketBody(api, names, fields, { options, selection }, signal);
      const id = await api.write('POST', entityOf.tickets, { ...body, ...mark.field(marker) }, signal);
      return await written(id, 'the ticket', signal);
    },

    /** The mark is the only proof: Autotask keeps what it was given there, so tickets that look alike are others'. */
    async findCreated({ marker }, signal) {
      const rows = await api.list(entityOf.tickets, Object.keys(ticketRow.shape), signal, [mark.condition(marker)]);
      return await Promise.all(rows.map((row) => item(row, signal)));
    },

    async update(externalId, fields: FieldValues, signal) {
      const id = Number(externalId);
      const body = await ticketBody(api, names, fields, signal);
      await api.write('PATCH', entityOf.tickets, { id, ...body }, signal);
      return await written(id, 'the change', signal);
    },

    async addNote(externalId, { text, private: internal }, marker, signal) {
      const ticketID = Number(externalId);
      const note = {
        ticketID,
        title: markedTitle(marker),
        description: text,
        noteType: await noteType(api, options, signal),
        publish: internal ? publish.internal : publish.all,
      };
      return String(await api.write('POST', `${entityOf.tickets}/${ticketID}/Notes`, note, signal));
    },

    async findNote(externalId, { marker, since }, signal) {
      const rows = await api.list(noteEntity, Object.keys(noteRow.shape), signal, [
        { op: 'eq', field: 'ticketID', value: Number(externalId) },
        { op: 'gte', field: 'createDateTime', value: since },
      ]);
      const notes = rows.flatMap((row) => noteRow.safeParse(row).data ?? []);
      const ours = notes.filter(({ title }) => bearsMark(title, marker));
      return ours.map(({ id }) => String(id));
    },
  };
}

/** Where our mark stands in a ticket. External ID is one field for all integrations of a tenant, so it may be taken. */
function markIn(ownField: string): { field: (marker: string) => object; condition: (marker: string) => Condition } {
  if (ownField === '') {
    return {
      field: (marker) => ({ externalID: marker }),
      condition: (value) => ({ op: 'eq', field: 'externalID', value }),
    };
  }
  return {
    field: (value) => ({ userDefinedFields: [{ name: ownField, value }] }),
    condition: (value) => ({ op: 'eq', field: ownField, value, udf: true }),
  };
}

/** What the operator chose; else what Autotask's own form begins with, or its first. Never that of workflow rules. */
async function noteType(api: AutotaskApi, options: Options, signal: AbortSignal): Promise<number> {
  const chosen = String(options.noteType ?? '');
  if (chosen !== '') return Number(chosen);
  const types = await api.picklists(noteEntity, signal);
  const usable = types.values('noteType').filter(({ id, inactive }) => inactive !== true && id !== ruleNote);
  const id = usable.find((type) => type.id === types.initial('noteType'))?.id ?? usable[0]?.id;
  if (id === undefined) throw rejected('text', 'Autotask offers no type for notes to this API user.');
  return Number(id);
}

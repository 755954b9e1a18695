/** Writing technicians: their name and title. Autotask's API can neither create nor delete a resource. */
import { z } from 'zod';
import { rejected } from '../../src/connector/psa/names.ts';
import type { RecordWriter } from '../../src/connector/writer.ts';
import { readBack } from './after-writing.ts';
import type { AutotaskApi } from './api.ts';
import { entityOf, userItem } from './reading.ts';
import { type NameParts, nameParts } from './resource-name.ts';

const text = z.string().nullish();
const nameRow = z.object({ firstName: text, middleName: text, lastName: text });

export function resourceWriter(api: AutotaskApi): RecordWriter {
  const read = (id: number, signal: AbortSignal) => api.one(entityOf.users, id, signal);

  async function name(id: number, fullName: string, signal: AbortSignal): Promise<NameParts> {
    const { firstName, middleName, lastName } = nameRow.safeParse(await read(id, signal)).data ?? {};
    const parts = nameParts(fullName, { firstName, middleName, lastName });
    if (parts === null) throw rejected('fullName', 'A resource of Autotask has a first and a last name.');
    return parts;
  }

  return {
    async current(externalId, signal) {
      const row = await read(Number(externalId), signal);
      return row === null ? { kind: 'gone', externalId } : await userItem(api, row, signal);
    },

    async update(externalId, { fullName, title }, signal) {
      const id = Number(externalId);
      const changed = {
        id,
        ...(fullName === undefined ? {} : await name(id, String(fullName ?? ''), signal)),
        ...(title === undefined ? {} : { title: title ?? '' }),
      };
      await api.write('PATCH', entityOf.users, changed, signal);
      return await readBack('the change', async () => {
        const row = await read(id, signal);
        return row === null ? null : await userItem(api, row, signal);
      });
    },
  };
}

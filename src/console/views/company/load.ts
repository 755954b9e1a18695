/** Everything all integrations know of one company, gathered from its records. */
import type { Engine } from '../../../engine/engine.ts';
import type { Condition, StoredRecord } from '../../../portal/query.ts';
import type { RecordType } from '../../../portal/records/index.ts';
import { readAll } from '../../lists/read-all.ts';
import { type Account, accounts } from '../billing/accounts.ts';

export interface CompanyPicture {
  readonly company: StoredRecord;
  readonly people: { readonly contacts: number; readonly locations: number };
  readonly tickets: { readonly all: number; readonly open: number; readonly newest: readonly StoredRecord[] };
  readonly devices: {
    readonly all: number;
    readonly online: number;
    readonly inAlert: number;
    readonly worst: readonly StoredRecord[];
  };
  readonly scores: readonly StoredRecord[];
  readonly licenses: { readonly bought: number; readonly used: number };
  readonly accounts: readonly Account[];
  readonly training: {
    readonly learners: number;
    readonly courses: number;
    readonly completed: number;
    readonly overdue: number;
  };
}

/** Lines of a section that name single records. */
const few = 4;

/** Null: the company is no longer in the portal. @param now epoch milliseconds */
export async function loadCompany(engine: Engine, id: string, now: number): Promise<CompanyPicture | null> {
  const company = await engine.record('companies', id);
  if (company === null) return null;
  const its: Condition = { field: 'companyId', op: '=', value: id };
  const read = async (type: RecordType, sort: string | null, limit: number, ...more: Condition[]) => {
    const order = sort === null ? {} : { sort: { field: sort, descending: true } };
    return (await engine.records({ type, where: [its, ...more], ...order, limit })).records;
  };
  const number = (type: RecordType, ...more: Condition[]) => engine.countRecords({ type, where: [its, ...more] });
  const open: Condition = { field: 'isClosed', op: '!=', value: true };
  const alerting: Condition = { field: 'alertCount', op: '>', value: 0 };
  const completed: Condition = { field: 'status', op: '=', value: 'completed' };
  const late: Condition = { field: 'dueDate', op: '<', value: new Date(now).toISOString() };
  const licenses = await readAll(
    engine,
    { type: 'licenses', where: [its, { field: 'isFree', op: '!=', value: true }] },
    1_000,
  );
  const sum = (field: string) => licenses.reduce((total, license) => total + Number(license[field] ?? 0), 0);
  return {
    company,
    people: { contacts: await number('contacts'), locations: await number('locations') },
    tickets: {
      all: await number('tickets'),
      open: await number('tickets', open),
      newest: await read('tickets', 'updatedAt', few, open),
    },
    devices: {
      all: await number('devices'),
      online: await number('devices', { field: 'status', op: '=', value: 'online' }),
      inAlert: await number('devices', alerting),
      worst: await read('devices', 'alertCount', few, alerting),
    },
    scores: await read('secureScores', null, few),
    licenses: { bought: sum('seats'), used: sum('used') },
    accounts: accounts(
      await readAll(
        engine,
        { type: 'subscriptions', where: [its, { field: 'isActive', op: '=', value: true }] },
        1_000,
      ),
      await readAll(engine, { type: 'invoices', where: [its, { field: 'isOpen', op: '=', value: true }] }, 1_000),
      now,
    ),
    training: {
      learners: await number('learners'),
      courses: await number('enrollments'),
      completed: await number('enrollments', completed),
      overdue: await number('enrollments', late, { ...completed, op: '!=' }),
    },
  };
}

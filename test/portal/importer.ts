/**
 * The process that the kill test kills: imports numbered pages from where the cursor stands.
 * Arguments: file, pages, rows per page. Writes a line per stored page.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import type { SourceItem } from '../../src/connector/source-item.ts';
import { openPortal } from '../../src/portal/store/open.ts';

const [file = '', pages = '0', size = '0'] = process.argv.slice(2);
const portal = openPortal({ file, now: Date.now, newId: randomUUID, owner: String(process.pid) });
const runId = randomUUID();
const at = new Date().toISOString();
portal.beginRun({ id: runId, integration: 'halo-psa', trigger: 'initial', startedAt: at });
for (let page = Number(portal.cursor('halo-psa', 'companies')?.page ?? 0); page < Number(pages); page += 1) {
  const items = Array.from({ length: Number(size) }, (_, n): SourceItem => {
    const id = String(page * Number(size) + n);
    return {
      kind: 'record',
      externalId: id,
      modifiedAt: null,
      record: { name: `Company ${id}`, address: 'x'.repeat(400) },
    };
  });
  portal.apply({ integration: 'halo-psa', type: 'companies', runId, items, cursor: { page: page + 1 }, at });
  writeSync(1, '.');
}
portal.close();

import { afterEach, expect, test } from 'vitest';
import { engineMetrics, type MetricsServer, serveMetrics } from '../../src/service/metrics.ts';
import { connectedHouse, type House } from '../engine/house.ts';

let house: House;
let server: MetricsServer;
afterEach(async () => {
  server.close();
  await house[Symbol.asyncDispose]();
});

test('runs, rows, requests, ages and the process itself are told in the form of Prometheus', async () => {
  house = await connectedHouse('halo-psa');
  server = await serveMetrics(engineMetrics(house.engine, house.clock.now), { host: '127.0.0.1', port: 0 });
  await house.engine.sync('halo-psa');
  await house.control('fault', { name: 'revoked-mid-run' });
  await house.engine.sync('halo-psa', { full: true });
  house.clock.pass(60_000);
  const text = await (await fetch(server.url)).text();
  const value = (line: string) =>
    Number(
      text
        .split('\n')
        .find((each) => each.startsWith(`${line} `))
        ?.split(' ')
        .at(-1),
    );
  const of = 'integration="halo-psa"';
  expect(value(`msportal_runs_total{${of},status="succeeded"}`)).toBe(1);
  expect(value(`msportal_runs_total{${of},status="failed"}`)).toBe(1);
  expect(value(`msportal_records_total{${of},type="tickets",outcome="created"}`)).toBe(house.sim.totals().tickets);
  expect(value(`msportal_requests_total{${of},status="200"}`)).toBeGreaterThan(4);
  expect(value(`msportal_requests_total{${of},status="401"}`)).toBeGreaterThan(0);
  expect(value(`msportal_run_duration_seconds_count{${of}}`)).toBe(2);
  expect(value(`msportal_last_success_age_seconds{${of}}`)).toBeGreaterThanOrEqual(60);
  expect(value(`msportal_integration_status{${of},status="disconnected"}`)).toBe(1);
  expect(value('msportal_queue{state="running"}')).toBe(0);
  expect(value('process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
  expect(text).toContain('nodejs_eventloop_lag_seconds');
  expect((await fetch(new URL('/other', server.url))).status).toBe(404);
});

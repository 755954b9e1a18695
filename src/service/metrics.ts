/** Figures for Prometheus, over HTTP. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { LocalEngine } from '../engine/local-engine.ts';

export interface MetricsServer {
  readonly url: string;
  close(): void;
}

/** A registry that follows the engine from now on. */
export function engineMetrics(engine: LocalEngine, now: () => number = Date.now): Registry {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const runs = new Counter({
    name: 'msportal_runs_total',
    help: 'Syncs that ended, by status.',
    labelNames: ['integration', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'msportal_run_duration_seconds',
    help: 'How long syncs took.',
    labelNames: ['integration'],
    buckets: [0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900, 3600],
    registers,
  });
  const records = new Counter({
    name: 'msportal_records_total',
    help: 'Rows looked at, by record type and by what became of them.',
    labelNames: ['integration', 'type', 'outcome'],
    registers,
  });
  const requests = new Counter({
    name: 'msportal_requests_total',
    help: "Requests to vendors, by the answer's HTTP status; none: there was no answer.",
    labelNames: ['integration', 'status'],
    registers,
  });
  const waits = new Counter({
    name: 'msportal_rate_limit_wait_seconds_total',
    help: 'Time syncs spent waiting for a rate limit.',
    labelNames: ['integration'],
    registers,
  });
  engine.onRunEnd((result, statuses) => {
    const { id: integration, status, durationMs, waitedMs, types } = result;
    runs.inc({ integration, status });
    durations.observe({ integration }, durationMs / 1000);
    waits.inc({ integration }, waitedMs / 1000);
    for (const [type, { read: _, ...outcomes }] of Object.entries(types)) {
      for (const [outcome, count] of Object.entries(outcomes)) records.inc({ integration, type, outcome }, count);
    }
    for (const [answer, count] of Object.entries(statuses)) requests.inc({ integration, status: answer }, count);
  });
  new Gauge({
    name: 'msportal_last_success_age_seconds',
    help: 'Time since the last sync that succeeded.',
    labelNames: ['integration'],
    registers,
    collect() {
      this.reset();
      for (const { id: integration, lastSync } of engine.getSnapshot().integrations) {
        if (lastSync !== null) this.set({ integration }, (now() - Date.parse(lastSync)) / 1000);
      }
    },
  });
  new Gauge({
    name: 'msportal_integration_status',
    help: 'One for the state an integration is in.',
    labelNames: ['integration', 'status'],
    registers,
    collect() {
      this.reset();
      for (const { id: integration, status, configured } of engine.getSnapshot().integrations) {
        if (configured) this.set({ integration, status }, 1);
      }
    },
  });
  new Gauge({
    name: 'msportal_queue',
    help: 'Syncs that run, and that wait for their turn.',
    labelNames: ['state'],
    registers,
    collect() {
      const { running, waiting } = engine.getSnapshot().queue;
      this.set({ state: 'running' }, running);
      this.set({ state: 'waiting' }, waiting);
    },
  });
  return registry;
}

/** Serves `/metrics` until closed. @throws Error when the address cannot be listened on */
export async function serveMetrics(
  registry: Registry,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<MetricsServer> {
  const server = createServer(async (request, response) => {
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404).end('The figures are at /metrics.\n');
      return;
    }
    const text = await registry.metrics();
    response.writeHead(200, { 'content-type': registry.contentType }).end(text);
  });
  server.listen(port, host);
  await once(server, 'listening');
  server.unref();
  const { address, family, port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}/metrics`,
    close() {
      server.close();
      server.closeAllConnections();
      registry.clear();
    },
  };
}

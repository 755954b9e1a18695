import { once } from 'node:events';
import type { SimulatorDefinition, SimulatorOptions } from '../../simulator/simulator.ts';
import type { Run } from '../context.ts';
import { exitCodes, UsageError } from '../exit.ts';
import { integrationOf } from '../integration.ts';
import { note, printJson } from '../output.ts';
import { didYouMean, type OptionValues } from '../parse.ts';

export const run: Run = async ({ args: [id = ''], options }, { signal }) => {
  const { name, simulator } = integrationOf(id);
  if (!simulator) throw new UsageError(`${name} has no simulator yet.`);
  const definition = await simulator();
  const running = await definition.start(readOptions(definition, options)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    const why = error.code === 'EACCES' ? 'may not be used' : 'is in use';
    throw new Error(
      `Port ${options.text('--port')} of 127.0.0.1 ${why}. Choose another, or leave --port out for any free one.`,
    );
  });
  printJson({ id: running.id, url: running.url, credentials: running.credentials, totals: running.totals() });
  note(`${name} simulator at ${running.url}; its controls are under ${running.url}/__sim/. Ctrl-C ends it.`);
  if (!signal.aborted) await once(signal, 'abort');
  await running.close();
  return exitCodes.done;
};

function readOptions(definition: SimulatorDefinition, options: OptionValues): SimulatorOptions {
  const given = {
    port: options.integer('--port', { max: 65_535 }),
    scale: options.integer('--scale'),
    seed: options.integer('--seed'),
    limit: options.integer('--limit', { min: 1 }),
    fault: options.text('--fault'),
    variant: options.text('--variant'),
    strict: options.has('--strict') ? true : undefined,
  };
  if (given.fault !== undefined && !Object.hasOwn(definition.faults, given.fault)) {
    const names = Object.keys(definition.faults);
    const list = Object.entries(definition.faults).map(([name, meaning]) => `\n  ${name}: ${meaning}`);
    throw new UsageError(
      `There is no fault "${given.fault}".${didYouMean(given.fault, names)} Faults:${list.join('')}`,
    );
  }
  const variants = Object.keys(definition.variants ?? {});
  if (given.variant !== undefined && !variants.includes(given.variant)) {
    const known = variants.length === 0 ? 'It has one source only.' : `Known: ${variants.join(', ')}.`;
    throw new UsageError(`There is no source "${given.variant}". ${known}`);
  }
  // Absent, not undefined: the simulator's own defaults hold.
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

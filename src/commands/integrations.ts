/** What can be done with an integration. */
import type { RunResult } from '../engine/engine.ts';
import type { IntegrationView } from '../engine/snapshot.ts';
import { count, duration } from '../text/format.ts';
import {
  all,
  configured,
  exists,
  isDisabled,
  isEnabled,
  isRunning,
  isWaiting,
  notRunning,
  owns,
} from './availability.ts';
import type { Command, CommandContext, ConsoleActions } from './command.ts';

const onIntegration = ['integrations', 'integration', 'activity'] as const;

/** The integration a command is about; its `when` has made sure that there is one. */
function chosen({ integration }: CommandContext) {
  if (integration === null) throw new Error('No integration is selected.');
  return integration;
}

function enable(actions: ConsoleActions, context: CommandContext): void {
  const { id, name } = chosen(context);
  actions.attempt(async () => {
    await actions.engine.enable(id);
    actions.undoable(`enabling ${name}`, async () => {
      await actions.engine.disable(id);
      return `${name} disabled again.`;
    });
    return `${name} enabled; u takes it back.`;
  });
}

function disable(actions: ConsoleActions, context: CommandContext): void {
  const { id, name } = chosen(context);
  actions.attempt(async () => {
    await actions.engine.disable(id);
    actions.undoable(`disabling ${name}`, async () => {
      await actions.engine.enable(id);
      return `${name} enabled again.`;
    });
    return `${name} disabled: no more syncs; u takes it back.`;
  });
}

/** What came of a run, in a sentence. */
function outcome(name: string, { status, failure, types, durationMs }: RunResult): string {
  if (status !== 'succeeded')
    return `${name}: ${failure === null ? `the sync was ${status}.` : `${failure.cause} ${failure.fix}`}`;
  const sum = (key: 'created' | 'updated' | 'pushed') =>
    Object.values(types).reduce((total, type) => total + (type?.[key] ?? 0), 0);
  const sent = sum('pushed') === 0 ? '' : `, ${count(sum('pushed'))} sent`;
  return `${name}: synced in ${duration(durationMs)}, ${count(sum('created'))} new, ${count(sum('updated'))} changed${sent}.`;
}

/** Starts a full sync, and says what came of it once it has ended. */
export function fullSync(actions: ConsoleActions, { id, name }: Pick<IntegrationView, 'id' | 'name'>): void {
  actions.say(`${name}: full sync queued.`);
  actions.attempt(async () => outcome(name, await actions.engine.sync(id, { full: true })));
}

export const integrationCommands: readonly Command[] = [
  {
    id: 'integration.open',
    title: 'Open',
    keys: ['enter', 'right'],
    scope: ['integrations', 'activity'],
    dangerous: 'none',
    argument: 'integration',
    hint: 1,
    when: exists,
    cli: 'status',
    run: (actions, context) => {
      const view = chosen(context);
      actions.open(
        view.configured ? { view: 'integration', id: view.id, tab: 'overview' } : { view: 'wizard', id: view.id },
      );
    },
  },
  {
    id: 'integration.connect',
    title: 'Connect or reconfigure',
    also: 'add set up credentials key secret token password',
    short: 'Connect',
    keys: ['c'],
    scope: onIntegration,
    dangerous: 'none',
    changes: true,
    argument: 'integration',
    hint: 2,
    when: all(exists, owns),
    cli: 'connect',
    run: (actions, context) => actions.open({ view: 'wizard', id: chosen(context).id }),
  },
  {
    id: 'integration.test',
    title: 'Test the connection',
    also: 'check working',
    short: 'Test',
    keys: ['t'],
    scope: onIntegration,
    dangerous: 'none',
    hint: 4,
    when: configured,
    cli: 'test',
  },
  {
    id: 'integration.sync',
    title: 'Sync now',
    also: 'refresh fetch update pull',
    short: 'Sync',
    keys: ['s'],
    scope: onIntegration,
    dangerous: 'none',
    changes: true,
    argument: 'integration',
    bulk: true,
    hint: 3,
    when: all(isEnabled, notRunning, owns),
    cli: 'sync',
    run: (actions, context) => {
      const view = chosen(context);
      actions.say(`${view.name}: sync queued.`);
      actions.attempt(async () => outcome(view.name, await actions.engine.sync(view.id)));
    },
  },
  {
    id: 'integration.full-sync',
    title: 'Full sync',
    keys: ['S'],
    scope: onIntegration,
    dangerous: 'confirm',
    changes: true,
    argument: 'integration',
    shell: (context) => `msportal sync ${chosen(context).id} --full`,
    when: all(isEnabled, notRunning, owns),
    question: (context) => ({
      title: `Read everything of ${chosen(context).name} again?`,
      detail:
        'A full sync compares every record and marks what no longer exists at the vendor; nothing is deleted, and nothing changes before all of a record type is read. It makes many requests and can take a while.',
      first: { key: 'p', label: 'Preview', place: { view: 'preview', id: chosen(context).id } },
    }),
    run: (actions, context) => fullSync(actions, chosen(context)),
  },
  {
    id: 'integration.preview',
    title: 'Preview a full sync',
    keys: ['V'],
    scope: onIntegration,
    dangerous: 'none',
    argument: 'integration',
    shell: (context) => `msportal sync ${chosen(context).id} --dry-run`,
    when: all(configured, owns),
    run: (actions, context) => actions.open({ view: 'preview', id: chosen(context).id }),
  },
  {
    id: 'integration.cancel',
    title: 'Cancel the run',
    short: 'Cancel',
    keys: ['x'],
    scope: onIntegration,
    dangerous: 'confirm',
    changes: true,
    argument: 'integration',
    hint: 3,
    when: all(isRunning, owns),
    shell: (context) => `msportal queue cancel ${chosen(context).id}`,
    question: (context) => {
      const { name, run } = chosen(context);
      return run?.phase === 'waiting'
        ? {
            title: `Take the sync of ${name} out of the queue?`,
            detail: 'It has not begun. The next one is as planned.',
          }
        : {
            title: `Stop the sync of ${name}?`,
            detail: 'The page under way is finished and kept. The next sync goes on from there.',
          };
    },
    run: (actions, context) => {
      const { id, name, run } = chosen(context);
      actions.attempt(async () => {
        await actions.engine.cancel(id);
        return run?.phase === 'waiting' ? `${name}: out of the queue.` : `${name}: stopping after this page.`;
      });
    },
  },
  {
    id: 'integration.first',
    title: 'Run before all that wait',
    short: 'Run first',
    keys: ['p'],
    scope: onIntegration,
    dangerous: 'none',
    changes: true,
    argument: 'integration',
    hint: 2,
    when: all(isWaiting, owns),
    cli: 'queue',
    shell: (context) => `msportal queue first ${chosen(context).id}`,
    run: (actions, context) => {
      const { id, name } = chosen(context);
      actions.attempt(async () =>
        (await actions.engine.runFirst(id)) ? `${name}: next in the queue.` : `${name} does not wait any more.`,
      );
    },
  },
  {
    id: 'integration.toggle',
    title: 'Enable or disable',
    short: 'On/off',
    keys: ['e'],
    scope: onIntegration,
    dangerous: 'none',
    changes: true,
    bulk: true,
    shell: (context) => `msportal ${chosen(context).enabled ? 'disable' : 'enable'} ${chosen(context).id}`,
    hint: 5,
    when: all(configured, owns),
    run: (actions, context) => (chosen(context).enabled ? disable(actions, context) : enable(actions, context)),
  },
  {
    id: 'integration.enable',
    title: 'Enable',
    keys: [],
    scope: onIntegration,
    dangerous: 'none',
    changes: true,
    argument: 'integration',
    when: all(isDisabled, owns),
    cli: 'enable',
    run: enable,
  },
  {
    id: 'integration.disable',
    title: 'Disable',
    keys: [],
    scope: onIntegration,
    dangerous: 'none',
    changes: true,
    argument: 'integration',
    when: all(isEnabled, owns),
    cli: 'disable',
    run: disable,
  },
  {
    id: 'integration.disconnect',
    title: 'Disconnect',
    keys: ['D'],
    scope: onIntegration,
    dangerous: 'typed',
    changes: true,
    argument: 'integration',
    when: all(configured, owns),
    question: (context) => ({
      title: `Disconnect ${chosen(context).name}?`,
      detail: 'The stored credentials are removed and syncing stops. Records stay in the portal.',
      word: chosen(context).name,
    }),
    cli: 'disconnect',
    run: (actions, context) => {
      const { id, name } = chosen(context);
      actions.attempt(async () => {
        await actions.engine.disconnect(id);
        return `${name} disconnected; its credentials are gone, its records stay.`;
      });
    },
  },
];

/** The conditions that commands share: each says true, or in one sentence why not now. */
import type { IntegrationView } from '../engine/snapshot.ts';
import type { Command, CommandContext, Scope } from './command.ts';
import type { IntegrationTab, Place } from './place.ts';

type Condition = (context: CommandContext) => true | string;

/** All must hold; the first that does not gives the reason. */
export const all =
  (...conditions: readonly Condition[]): Condition =>
  (context) => {
    for (const condition of conditions) {
      const answer = condition(context);
      if (answer !== true) return answer;
    }
    return true;
  };

const about =
  (test: (view: IntegrationView) => true | string): Condition =>
  ({ integration }) =>
    integration === null ? 'Select an integration first.' : test(integration);

/** Its connector exists. */
export const exists = about((view) => view.available || `${view.name} is coming; it cannot be opened yet.`);
export const configured = all(
  exists,
  about((view) => view.configured || `${view.name} is not connected yet: press c.`),
);
export const isEnabled = all(
  configured,
  about((view) => view.enabled || `${view.name} is disabled: press e to enable it.`),
);
export const isDisabled = all(
  configured,
  about((view) => !view.enabled || `${view.name} is already enabled.`),
);
export const isRunning = about((view) => view.run !== null || `Nothing of ${view.name} is running.`);
export const isWaiting = about(
  (view) => view.run?.phase === 'waiting' || `Nothing of ${view.name} waits in the queue.`,
);
export const notRunning = about((view) => view.run === null || `${view.name} is syncing already.`);

/** Another process runs the syncs: this one only looks. */
export const owns: Condition = ({ snapshot }) => {
  const owner = snapshot?.owner;
  if (owner?.access !== 'look') return true;
  return `Process ${owner.pid} on ${owner.host} runs the syncs on this data folder; do it there.`;
};

/** Whether a command can run now: true, or why not. */
export function available(command: Command, context: CommandContext): true | string {
  if (context.engine === null && !command.early) return 'Still starting; one moment.';
  if (command.changes && context.readOnly !== null) return context.readOnly;
  return command.when?.(context) ?? true;
}

/** Tabs of an integration with commands of their own; some show what is a view too. */
const tabScopes: Readonly<Partial<Record<IntegrationTab, Scope>>> = {
  issues: 'issues',
  logs: 'logs',
  mapping: 'mapping',
};

/** Whether it is a command of the very tab that is open. */
export function inTab({ scope }: Command, place: Place): boolean {
  const tab = place.view === 'integration' ? tabScopes[place.tab] : undefined;
  return tab !== undefined && scope.includes(tab);
}

/** Whether a command has any meaning where the operator is. */
export function inScope(command: Command, { place }: CommandContext): boolean {
  const { scope } = command;
  if (scope.includes('global') || scope.includes(place.view) || inTab(command, place)) return true;
  return scope.includes('list') && place.view !== 'wizard';
}

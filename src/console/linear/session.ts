/**
 * The console as lines, for screen readers and terminals that cannot move their cursor: nothing is ever drawn over. What
 * is typed is looked up in the same table as keys and palette; what changes by itself is said in a line.
 */
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Place } from '../../commands/place.ts';
import { commands, offers, wordOf } from '../../commands/table.ts';
import type { Engine } from '../../engine/engine.ts';
import { sanitise } from '../../text/sanitise.ts';
import { crumbs } from '../app/crumbs.ts';
import { here } from '../app/history.ts';
import type { Overlay } from '../app/overlay.ts';
import type { ConsoleStore } from '../app/store.ts';
import { createTheme } from '../widgets/theme.ts';
import { announcements } from './announce.ts';
import { describe } from './describe.ts';

export interface LinearOptions {
  readonly store: ConsoleStore;
  readonly engine: Engine;
  readonly input: Readable;
  readonly output: Writable;
  readonly now?: () => number;
}

/** Resolves when the operator has left, or the input has ended. */
export async function runLinear({ store, engine, input, output, now = Date.now }: LinearOptions): Promise<void> {
  const theme = createTheme({ colour: 'none', unicode: false });
  const lines = createInterface({ input, terminal: false });
  const say = (...texts: readonly string[]) => {
    for (const text of texts) output.write(`${text}\n`);
  };
  let known = engine.getSnapshot();
  const stopListening = engine.subscribe(() => {
    const next = engine.getSnapshot();
    say(...announcements(known, next, now(), theme));
    known = next;
  });
  let flash = store.getState().flash;
  const stopFlashes = store.subscribe(() => {
    const { flash: latest } = store.getState();
    if (latest !== flash && latest !== null) {
      say(
        latest.kind === 'said'
          ? sanitise(latest.text)
          : sanitise(`Failed: ${latest.failure.cause} ${latest.failure.fix}`),
      );
    }
    flash = latest;
  });

  const show = async (place: Place): Promise<void> => {
    say(crumbs(store.context()).filter(Boolean).join(', '));
    say(...(await describe(place, engine, { now: now(), theme })));
  };

  say('MSPortal, as lines. Type what to do and Enter: help lists it, quit leaves.');
  await show({ view: 'integrations' });
  for await (const typed of lines) {
    await answer(typed.trim(), { store, say, show });
    if (store.getState().closing) break;
  }
  stopListening();
  stopFlashes();
  lines.close();
  if (!store.getState().closing) store.leave();
}

interface Session {
  readonly store: ConsoleStore;
  readonly say: (...texts: readonly string[]) => void;
  readonly show: (place: Place) => Promise<void>;
}

async function answer(typed: string, { store, say, show }: Session): Promise<void> {
  const asked = store.getState().overlay;
  if (asked !== null) {
    answerQuestion(asked, typed, store);
    return;
  }
  const { place } = here(store.getState().history);
  if (typed === '') return show(place);
  if (typed === 'help') return say(...helpLines());
  const [best] = offers(
    store.context(),
    typed,
    commands.filter((command) => store.does(command)),
  );
  if (best === undefined) return say(`Nothing is called "${typed}". help lists what there is.`);
  store.perform(best.command, { context: best.context, argument: best.argument });
  const { overlay, history } = store.getState();
  if (overlay !== null) {
    say(...questionLines(overlay));
    if (!asks(overlay)) store.closeOverlay();
  } else if (here(history).place !== place) await show(here(history).place);
}

function helpLines(): readonly string[] {
  return commands
    .filter(({ run, id }) => run !== undefined && !id.startsWith('records.of.'))
    .map((command) => `${wordOf(command)}: ${command.title}`);
}

const asks = ({ kind }: Overlay) => kind === 'question' || kind === 'choice' || kind === 'prompt';

function questionLines(overlay: Overlay): readonly string[] {
  switch (overlay.kind) {
    case 'question': {
      const { title, detail, word } = overlay.question;
      return [
        title,
        detail,
        word === undefined ? 'Type y to do it; anything else leaves it.' : `Type ${word} to do it.`,
      ];
    }
    case 'choice':
      return [overlay.title, overlay.detail, ...overlay.choices.map(({ key, label }) => `${key}: ${label}`)];
    case 'prompt':
      return [overlay.prompt.title, overlay.prompt.detail, `Enter alone takes ${overlay.prompt.value || 'nothing'}.`];
    default:
      return helpLines();
  }
}

function answerQuestion(overlay: Overlay, typed: string, store: ConsoleStore): void {
  store.closeOverlay();
  if (overlay.kind === 'question' && typed === (overlay.question.word ?? 'y')) overlay.answer();
  else if (overlay.kind === 'question') store.say('Left as it is.');
  if (overlay.kind === 'choice') overlay.choices.find(({ key }) => key === typed)?.run?.();
  if (overlay.kind === 'prompt') overlay.answer(typed === '' ? overlay.prompt.value : typed);
}

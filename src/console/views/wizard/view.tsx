import { Box, Text } from 'ink';
import { useEffect, useReducer, useRef, useState } from 'react';
import type { Manifest } from '../../../connector/manifest.ts';
import type { Draft } from '../../../engine/engine.ts';
import type { Area } from '../../app/area.ts';
import { useEngine, useIntegration, useStore, useViewCommands } from '../../app/context.ts';
import { useTheme } from '../../widgets/theme.ts';
import { useConnectionTest } from '../use-connection-test.ts';
import { useLoaded } from '../use-loaded.ts';
import type { ViewProps } from '../view-props.ts';
import { CredentialsStep } from './credentials-step.tsx';
import { EnablePreview } from './enable-preview.tsx';
import { EnableStep } from './enable-step.tsx';
import {
  begin,
  draftOf,
  inputOf,
  outdatesTest,
  reduce,
  type Step,
  steps,
  suggestion,
  verdict,
  type WizardAction,
} from './model.ts';
import { OptionsForm } from './options-form.tsx';
import { SelectStep } from './select-step.tsx';
import { StepBar } from './step-bar.tsx';
import { TestStep } from './test-step.tsx';

/** Steps that decide themselves what Enter does, and call `next` when they are done. */
const ownNext: ReadonlySet<Step> = new Set(['select', 'credentials']);

/** Connects an integration in five steps. */
export function Wizard({ place, width, height }: ViewProps<'wizard'>) {
  const store = useStore();
  const engine = useEngine();
  const { id } = place;
  const loaded = useLoaded(async () => {
    if (id === undefined) return null;
    const [manifest, guide, draft] = await Promise.all([engine.manifest(id), engine.guide(id), engine.draft(id)]);
    return { manifest, guide, draft };
  }, id ?? '');
  const area = { width: width - 2, height: height - 2 };
  if (id === undefined) {
    return (
      <Page step="select" width={width} height={height}>
        <SelectStep
          {...area}
          chosen={null}
          onChoose={(chosen) => store.replace({ view: 'wizard', id: chosen })}
          onLeave={store.back}
        />
      </Page>
    );
  }
  return loaded === null ? null : <Steps key={id} {...loaded} width={width} height={height} />;
}

interface PageProps extends Area {
  readonly step: Step;
  readonly children: React.ReactNode;
}

function Page({ step, width, height, children }: PageProps) {
  return (
    <Box flexDirection="column" width={width} height={height} paddingX={1} overflow="hidden">
      <Box height={2}>
        <StepBar step={step} />
      </Box>
      {children}
    </Box>
  );
}

interface StepsProps extends Area {
  readonly manifest: Manifest;
  readonly guide: string;
  readonly draft: Draft | null;
}

function Steps({ manifest, guide, draft, width, height }: StepsProps) {
  const theme = useTheme();
  const store = useStore();
  const engine = useEngine();
  const view = useIntegration(manifest.id);
  const [offered, setOffered] = useState(draft !== null);
  const [state, reduceState] = useReducer(reduce, null, () => begin(manifest, view, draft));
  const [phase, setPhase] = useState<'asking' | 'saving' | 'enabled'>('asking');
  const [previewing, setPreviewing] = useState(false);
  const { test, run, stop } = useConnectionTest();
  const enabled = useRef(false);

  const dispatch = (action: WizardAction) => {
    reduceState(action);
    if (outdatesTest(action)) stop();
  };
  const go = (step: Step) => dispatch({ type: 'go', step });

  // Leaving, and every step, keeps what was entered; secrets never.
  const latest = useRef(state);
  latest.current = state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each step, with what is there by then.
  useEffect(() => {
    const save = () => {
      if (enabled.current || offered) return;
      engine.saveDraft(manifest.id, draftOf(manifest, latest.current)).catch(store.failed);
    };
    save();
    return save;
  }, [engine, store, manifest, state.step, state.focus, offered]);

  const toTest = () => {
    go('test');
    if (test.phase === 'none') run(inputOf(manifest, state));
  };
  const enable = () => {
    setPhase('saving');
    engine.connect({ ...inputOf(manifest, state), enable: true }).then(
      () => {
        enabled.current = true;
        engine.saveDraft(manifest.id, null).catch(store.failed);
        setPhase('enabled');
      },
      (error: unknown) => {
        setPhase('asking');
        store.failed(error);
      },
    );
  };
  const next: Readonly<Record<Step, () => void>> = {
    select: () => go('credentials'),
    credentials: () => go('options'),
    options: toTest,
    test: () => {
      const now = verdict(test);
      if (now === 'pass' || now === 'warn') go('enable');
      else
        store.say(
          now === 'wait' ? 'The test is still running.' : 'Not yet: mend what failed, then press t to test again.',
        );
    },
    enable: () => {
      if (phase === 'asking') enable();
      else if (phase === 'enabled') store.replace({ view: 'integration', id: manifest.id, tab: 'overview' });
    },
  };
  const back = () => {
    if (phase === 'enabled') return next.enable();
    const before = steps[steps.indexOf(state.step) - 1];
    if (before === undefined || offered) store.back();
    else go(before);
  };
  useViewCommands({
    ...((state.step === 'select' && !offered) || previewing ? {} : { 'wizard.back': back }),
    ...(offered
      ? {
          'wizard.next': () => setOffered(false),
          'wizard.anew': () => {
            dispatch({ type: 'restart', state: begin(manifest, view, null) });
            setOffered(false);
          },
        }
      : ownNext.has(state.step) || previewing
        ? {}
        : { 'wizard.next': next[state.step] }),
    ...(state.step === 'enable' && phase === 'asking' ? { 'wizard.preview': () => setPreviewing(true) } : {}),
    ...(state.step === 'test' && !offered
      ? {
          'wizard.test': () => run(inputOf(manifest, state)),
          'wizard.accept': () => {
            const offer = suggestion(manifest, test.checks);
            if (offer === null) return;
            const action = { type: 'type', key: offer.field.key, value: offer.value } as const;
            dispatch(action);
            run(inputOf(manifest, reduce(state, action)));
          },
        }
      : {}),
  });

  const area = { width: width - 2, height: height - 2 };
  if (offered) {
    return (
      <Page step={state.step} width={width} height={height}>
        <Text {...theme.style.strong}>You began to connect {manifest.name} before.</Text>
        <Text> </Text>
        <Text wrap="truncate">Enter goes on with what you entered; secrets are asked again.</Text>
        <Text wrap="truncate">Ctrl-N starts anew. Esc leaves it for later.</Text>
      </Page>
    );
  }
  return (
    <Page step={state.step} width={width} height={height}>
      {state.step === 'select' && (
        <SelectStep
          {...area}
          chosen={manifest.id}
          onChoose={(id) => (id === manifest.id ? go('credentials') : store.replace({ view: 'wizard', id }))}
          onLeave={store.back}
        />
      )}
      {state.step === 'credentials' && (
        <CredentialsStep
          {...area}
          manifest={manifest}
          guide={guide}
          state={state}
          dispatch={dispatch}
          onNext={next.credentials}
        />
      )}
      {state.step === 'options' && (
        <OptionsForm
          {...area}
          manifest={manifest}
          values={state}
          input={inputOf(manifest, state)}
          initial
          cursor={state.focus.options}
          onCursor={(row) => dispatch({ type: 'focus', form: 'options', row })}
          onChange={dispatch}
        />
      )}
      {state.step === 'test' && <TestStep {...area} manifest={manifest} test={test} />}
      {state.step === 'enable' && previewing && (
        <EnablePreview
          {...area}
          manifest={manifest}
          state={state}
          onEnable={() => {
            setPreviewing(false);
            enable();
          }}
          onBack={() => setPreviewing(false)}
        />
      )}
      {state.step === 'enable' && !previewing && (
        <EnableStep {...area} manifest={manifest} state={state} phase={phase} />
      )}
    </Page>
  );
}

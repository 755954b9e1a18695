import { Box, Text } from 'ink';
import type { SyncSettings } from '../../../engine/engine.ts';
import type { IntegrationView } from '../../../engine/snapshot.ts';
import type { Area } from '../../app/area.ts';
import { useEngine, useMemory, useStore } from '../../app/context.ts';
import { useTheme } from '../../widgets/theme.ts';
import { useLoaded } from '../use-loaded.ts';
import type { OptionChange } from '../wizard/options.ts';
import { OptionsForm } from '../wizard/options-form.tsx';

/** What is synced and how often; each change is saved at once. Credentials are changed in the wizard. */
export function SettingsTab({ view, width, height }: Area & { readonly view: IntegrationView }) {
  const theme = useTheme();
  const store = useStore();
  const engine = useEngine();
  const manifest = useLoaded(() => engine.manifest(view.id), view.id);
  const [cursor, setCursor] = useMemory('cursor', 0);
  const muted = (text: string) => (
    <Box paddingLeft={1}>
      <Text {...theme.style.muted}>{text}</Text>
    </Box>
  );
  if (!view.configured) return muted(`${view.name} is not connected yet: press c.`);
  if (manifest === null) return muted('Loading.');

  const settings: SyncSettings = {
    intervalMinutes: view.intervalMinutes === 5 || view.intervalMinutes === 30 ? view.intervalMinutes : 15,
    initialImport: true,
    types: view.types,
    ...view.sync,
  };
  const fallbacks = Object.fromEntries(manifest.options.map(({ key, fallback }) => [key, fallback]));
  const options = { ...fallbacks, ...view.options };
  const save = (change: OptionChange) => {
    const rereads = change.type === 'option' && manifest.options.find(({ key }) => key === change.key)?.rereads;
    const settings =
      change.type === 'option' ? { options: { ...options, [change.key]: change.value } } : change.settings;
    store.attempt(async () => {
      await engine.configure(view.id, settings);
      return rereads ? `Saved. The next sync reads all ${rereads.join(' and ')} again.` : 'Saved.';
    });
  };
  return (
    <Box paddingX={1}>
      <OptionsForm
        manifest={manifest}
        values={{ options, settings }}
        input={{ id: view.id }}
        initial={false}
        cursor={cursor}
        onCursor={setCursor}
        onChange={save}
        width={width - 2}
        height={height}
      />
    </Box>
  );
}

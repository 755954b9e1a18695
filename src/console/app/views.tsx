/** From place to view. Only the first view is in the first bundle; the others are loaded when they are opened. */
import { Text } from 'ink';
import { type ComponentType, useEffect, useState } from 'react';
import type { Place, View } from '../../commands/place.ts';
import { IntegrationsView } from '../views/integrations/view.tsx';
import type { ViewProps } from '../views/view-props.ts';
import type { Area } from './area.ts';
import { useConsole, useStore } from './context.ts';

type AnyView = ComponentType<Area & { readonly place: Place }>;

const loaders: { readonly [V in Exclude<View, 'integrations'>]: () => Promise<ComponentType<ViewProps<V>>> } = {
  integration: async () => (await import('../views/integration/view.tsx')).IntegrationDetail,
  wizard: async () => (await import('../views/wizard/view.tsx')).Wizard,
  records: async () => (await import('../views/records/view.tsx')).RecordsView,
  company: async () => (await import('../views/company/view.tsx')).CompanyView,
  score: async () => (await import('../views/score/view.tsx')).ScoreView,
  billing: async () => (await import('../views/billing/view.tsx')).BillingView,
  activity: async () => (await import('../views/activity/view.tsx')).ActivityView,
  settings: async () => (await import('../views/settings/view.tsx')).SettingsView,
  issues: async () => (await import('../views/issues/view.tsx')).IssuesView,
  outbox: async () => (await import('../views/outbox/view.tsx')).OutboxView,
  matching: async () => (await import('../views/matching/view.tsx')).MatchingView,
  edit: async () => (await import('../views/edit/view.tsx')).EditView,
  conflict: async () => (await import('../views/outbox/conflict.tsx')).ConflictView,
  logs: async () => (await import('../views/logs/view.tsx')).LogsView,
  duplicates: async () => (await import('../views/duplicates/view.tsx')).DuplicatesView,
  doctor: async () => (await import('../views/doctor/view.tsx')).DoctorView,
  explain: async () => (await import('../views/explain/view.tsx')).ExplainView,
  preview: async () => (await import('../views/preview/view.tsx')).PreviewView,
  guide: async () => (await import('../views/guide/view.tsx')).GuideView,
};

const loaded = new Map<View, AnyView>([['integrations', IntegrationsView as AnyView]]);

/** Loads every view, so that opening one later takes no time: for when the first picture stands. */
export async function preloadViews(): Promise<void> {
  await Promise.all(Object.keys(loaders).map((view) => load(view as keyof typeof loaders)));
}

async function load(view: keyof typeof loaders): Promise<void> {
  if (!loaded.has(view)) loaded.set(view, (await loaders[view]()) as AnyView);
}

export function PlaceView({ place, width, height }: Area & { readonly place: Place }) {
  const store = useStore();
  const hasEngine = useConsole((state) => state.engine !== null);
  const [, setLoads] = useState(0);
  const { view } = place;

  useEffect(() => {
    if (view === 'integrations' || loaded.has(view)) return;
    load(view).then(
      () => setLoads((loads) => loads + 1),
      (error: unknown) => store.failed(error),
    );
  }, [view, store]);

  const Component = loaded.get(view);
  if (Component === undefined || (view !== 'integrations' && !hasEngine)) return <Text> </Text>;
  return <Component place={place} width={width} height={height} />;
}

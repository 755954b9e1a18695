import type { Place, View } from '../../commands/place.ts';
import type { Area } from '../app/area.ts';

/** What every view gets: its place and the cells it has. */
export interface ViewProps<V extends View> extends Area {
  readonly place: Extract<Place, { view: V }>;
}

import type { ViewProps } from '../view-props.ts';
import { IssuesPane } from './pane.tsx';

export function IssuesView({ place, width, height }: ViewProps<'issues'>) {
  return (
    <IssuesPane
      width={width}
      height={height}
      {...(place.integration === undefined ? {} : { integration: place.integration })}
    />
  );
}

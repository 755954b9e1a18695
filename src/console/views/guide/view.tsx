import { Box, Text } from 'ink';
import type { Area } from '../../app/area.ts';
import { useEngine } from '../../app/context.ts';
import { Markdown } from '../../widgets/markdown.tsx';
import { useTheme } from '../../widgets/theme.ts';
import { useLoaded } from '../use-loaded.ts';
import type { ViewProps } from '../view-props.ts';

export function GuideView({ place, width, height }: ViewProps<'guide'>) {
  return <Guide id={place.id} width={width} height={height} />;
}

/** An integration's guide, to scroll through. */
export function Guide({ id, width, height }: Area & { readonly id: string }) {
  const theme = useTheme();
  const engine = useEngine();
  const guide = useLoaded(() => engine.guide(id), id);
  return (
    <Box width={width} height={height} paddingX={1} overflow="hidden">
      {guide === null ? (
        <Text {...theme.style.muted}>Loading the guide.</Text>
      ) : (
        // Wider lines than this are hard to read.
        <Markdown text={guide} width={Math.min(width - 2, 96)} height={height} focused />
      )}
    </Box>
  );
}

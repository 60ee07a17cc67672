import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../../engine-hooks.ts';

/** What a template says, or its name, asked for when it is shown: the map holds places and figures alone. */
export function useTemplateText(id: number | null): string | undefined {
  const found = useQuery(
    orpc.clusters.texts.queryOptions({ input: { ids: [id ?? 0] }, enabled: id !== null }),
  );
  return id === null ? undefined : found.data?.[0]?.text;
}

import { useQueries, useQuery } from '@tanstack/react-query';
import { orpc } from '../../../engine-hooks.ts';

/** What a template says, or its name, asked for when it is shown: the map holds places and figures alone. */
export function useTemplateText(id: number | null): string | undefined {
  const found = useQuery(
    orpc.clusters.texts.queryOptions({ input: { ids: [id ?? 0] }, enabled: id !== null }),
  );
  return id === null ? undefined : found.data?.[0]?.text;
}

const AT_ONCE = 2000;
/** What each of these says, asked for together; those not yet known are missing. */
export function useTemplateTexts(ids: readonly number[]): ReadonlyMap<number, string> {
  const parts = Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, i) =>
    ids.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
  );
  return useQueries({
    queries: parts.map((part) => orpc.clusters.texts.queryOptions({ input: { ids: part } })),
    combine: textsOf,
  });
}
const textsOf = (
  results: readonly { readonly data?: readonly { id: number; text: string }[] | undefined }[],
): ReadonlyMap<number, string> =>
  new Map(results.flatMap(({ data }) => data?.map(({ id, text }) => [id, text] as const) ?? []));

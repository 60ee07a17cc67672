/** Templates by id: the common ones at once, the others as lines ask for them. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { LogTemplate } from '../../main/logs/contract/logs.ts';
import { orpc } from '../engine-hooks.ts';

const COMMON = 1000;
const AT_ONCE = 30;

/** `asked`: ids on screen. A merged id gives the template it belongs to now. */
export function useTemplates(asked: readonly number[]): ReadonlyMap<number, LogTemplate> {
  const common = useQuery(
    orpc.logs.templates.queryOptions({ input: { sort: 'lines', noise: true, limit: COMMON } }),
  ).data;
  const known = useMemo(
    () => new Map(common?.templates.map((template) => [template.id, template])),
    [common],
  );
  const missing = common ? [...new Set(asked)].filter((id) => !known.has(id)).slice(0, AT_ONCE) : [];
  const others = useQueries({
    queries: missing.map((id) => orpc.logs.template.queryOptions({ input: { id }, retry: false })),
    combine: (results) => results.map((result) => result.data?.template),
  });
  const found = JSON.stringify(others.map((template, i) => [missing[i], template?.id, template?.text]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: by what was found, the arrays are others at every turn
  return useMemo(() => {
    const all = new Map(known);
    for (const [i, template] of others.entries()) {
      const id = missing[i];
      if (template && id !== undefined) all.set(id, template);
    }
    return all;
  }, [known, found]);
}

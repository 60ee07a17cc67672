import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Change } from '../../main/placement/contract/what-if.ts';
import { wordChange } from '../../main/placement/contract/what-if-words.ts';
import { orpc } from '../engine-hooks.ts';
import { useFormat } from '../use-format.ts';

/** What a scenario or a proposal supposes, in words. */
export function useChangeWords(): (change: Change) => string {
  const { lang } = useFormat();
  const businesses = useQuery(orpc.system.lookup.queryOptions()).data?.businesses;
  return useCallback(
    (change) =>
      wordChange(change, lang, { business: (id) => businesses?.find((one) => one.id === id)?.name ?? id }),
    [lang, businesses],
  );
}

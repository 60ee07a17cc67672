import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Change, Comparison } from '../../../main/api/contract/what-if.ts';
import { wordChange } from '../../../main/api/contract/words-what-if.ts';
import { orpc } from '../../engine-hooks.ts';
import { useFormat } from '../../use-format.ts';

/** A change in words, with the names of businesses, and of the people that the comparison found. */
export function useChangeWords(comparison: Comparison | null): (change: Change) => string {
  const { lang } = useFormat();
  const businesses = useQuery(orpc.system.lookup.queryOptions()).data?.businesses;
  return useCallback(
    (change) => {
      const people = comparison?.scenarios.flatMap((side) => side.applied.flatMap((one) => one.people)) ?? [];
      return wordChange(change, lang, {
        business: (id) => businesses?.find((one) => one.id === id)?.name ?? id,
        person: (id) => people.find((one) => one.operatorId === id)?.name ?? id,
      });
    },
    [lang, businesses, comparison],
  );
}

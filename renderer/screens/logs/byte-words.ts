import { useCallback } from 'react';
import { useFormat } from '../../use-format.ts';

/** How many times smaller: one decimal where it matters. */
export function useTimesWords(): (times: number) => string {
  const format = useFormat();
  return useCallback((times) => format.number(times, times < 100 ? 1 : 0), [format]);
}

/** `12.4 MB` */
export const useByteWords = (): ((bytes: number) => string) => useFormat().bytes;

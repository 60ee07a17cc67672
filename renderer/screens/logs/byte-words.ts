import { useCallback } from 'react';
import { useFormat } from '../../use-format.ts';

/** How many times smaller: one decimal where it matters. */
export function useTimesWords(): (times: number) => string {
  const format = useFormat();
  return useCallback((times) => format.number(times, times < 100 ? 1 : 0), [format]);
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;
/** `12.4 MB`: decimal units, as files are counted by the makers of disks and by file managers but one */
export function useByteWords(): (bytes: number) => string {
  const format = useFormat();
  return useCallback(
    (bytes) => {
      const step = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
      const value = bytes / 1000 ** step;
      return `${format.number(value, step > 0 && value < 100 ? 1 : 0)} ${UNITS[step] ?? 'B'}`;
    },
    [format],
  );
}

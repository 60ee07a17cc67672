import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

/** What was read, and how many times smaller it is kept; a few lines are not kept smaller. */
export function useSizeWords(): (raw: number, stored: number) => string {
  const t = useWords('logs');
  const { bytes, number } = useFormat();
  return (raw, stored) => {
    const times = stored > 0 ? raw / stored : 0;
    return times < 1
      ? t('account.raw', { raw: bytes(raw) })
      : t('account.ratio', { raw: bytes(raw), times: number(times, times < 100 ? 1 : 0) });
  };
}

/** `12.4 MB` */
export const useByteWords = (): ((bytes: number) => string) => useFormat().bytes;

import { useCallback } from 'react';
import type { TimesRead } from '../../../../main/logs/contract/logs.ts';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';

const DOUBTS = [
  ['unread', 'preview.timesUnread'],
  ['guessed', 'preview.timesGuessed'],
  ['ambiguous', 'preview.timesAmbiguous'],
  ['future', 'preview.timesFuture'],
] as const;

/** What a source's times are worth, in words: the share surely read, then each doubt with its count. Null: nothing was counted. */
export function useTimesTold(): (times: TimesRead | null) => string | null {
  const t = useWords('logs');
  const format = useFormat();
  return useCallback(
    (times) => {
      if (!times) return null;
      const doubts = DOUBTS.filter(([key]) => times[key] > 0);
      const doubtful = doubts.reduce((sum, [key]) => sum + times[key], 0);
      const all = times.read + doubtful;
      if (all === 0) return null;
      // never rounded up to all of them
      const share = doubtful > 0 ? Math.min(times.read / all, 0.99) : 1;
      return [
        t('preview.timesRead', { rate: format.percent(share) }),
        ...doubts.map(([key, words]) => t(words, { n: format.number(times[key]) })),
      ].join(format.dot);
    },
    [t, format],
  );
}

import type { Lang } from '../../../main/api/contract/common.ts';
import { formatNumber } from '../../../main/api/contract/format.ts';

/** A step's time: `1.4秒` / `1.4 s`; `0.1秒未満` / `under 0.1 s` for what nobody notices. */
export const formatDuration = (ms: number, lang: Lang): string => {
  if (ms < 100) return lang === 'ja' ? '0.1秒未満' : 'under 0.1 s';
  return `${formatNumber(ms / 1000, lang, 1)}${lang === 'ja' ? '秒' : ' s'}`;
};

import { MINUTE } from '../config.ts';
import type { Series } from './series.ts';

/**
 * When the lines of [from, end), epoch minutes, became more than `expected` in all of them: the minute since which they are the least
 * likely by chance (the largest likelihood ratio of two Poisson rates). Epoch ms.
 */
export function riseBegan(
  series: Series,
  o: { readonly from: number; readonly end: number; readonly expected: number },
): number {
  const rate = Math.max(o.expected, 0.5) / (o.end - o.from);
  let began = o.from;
  let most = Number.NEGATIVE_INFINITY;
  for (const minute of series.active(o.from, o.end)) {
    const lines = series.sum(minute, o.end);
    const usual = rate * (o.end - minute);
    const ratio = lines > usual ? lines * Math.log(lines / usual) - (lines - usual) : 0;
    if (ratio <= most) continue;
    most = ratio;
    began = minute;
  }
  return began * MINUTE;
}

import { useCallback } from 'react';
import type { ModelBenchmark } from '../../../main/llm/contract/models.ts';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

/** `420 ミリ秒`, from ten seconds on `12.3 秒`; a dash for what does not apply. */
export function useMsWords(): (ms: number | null) => string {
  const t = useWords('models');
  const format = useFormat();
  return useCallback(
    (ms) => {
      if (ms === null) return '—';
      return ms < 10_000
        ? t('bench.ms', { n: format.number(ms, ms < 10 ? 1 : 0) })
        : t('bench.seconds', { n: format.number(ms / 1000, 1) });
    },
    [t, format],
  );
}
export function useRateWords(): (rate: number | null) => string {
  const t = useWords('models');
  const format = useFormat();
  return useCallback(
    (rate) => (rate === null ? '—' : t('bench.perSecond', { n: format.number(rate, rate < 10 ? 1 : 0) })),
    [t, format],
  );
}
/** The one figure of speed that matters for a role. */
export function useSpeedWords(): (run: ModelBenchmark) => string {
  const ms = useMsWords();
  const rate = useRateWords();
  return (run) => (run.role === 'embedding' ? rate(run.embeddingsPerSecond) : ms(run.choiceMs));
}
/** The same figure as a rate, so that more is better; null where it was not measured. */
export function speedOf({ role, embeddingsPerSecond, choiceMs }: ModelBenchmark): number | null {
  if (role === 'embedding') return embeddingsPerSecond;
  return choiceMs ? 1000 / choiceMs : null;
}

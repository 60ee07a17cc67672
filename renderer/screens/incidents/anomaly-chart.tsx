import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Anomaly } from '../../../main/anomalies/contract/anomalies.ts';
import { ExpectedBars } from '../../charts/expected-bars.tsx';
import { engineNow, orpc } from '../../engine-hooks.ts';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

/** kinds whose numbers are counts of lines */
const COUNTED: readonly Anomaly['kind'][] = ['new-template', 'rate', 'spike', 'missing', 'new-component'];
/** bars before it, and after its end */
const BEFORE = 60;
const AFTER = 12;
const MINUTE = 60_000;
/** bars a window is cut into */
const PARTS = 6;

/** Lines around an anomaly in parts of its own window, with what is usual behind them. */
export function AnomalyChart({ anomaly }: { readonly anomaly: Anomaly }) {
  const t = useWords('incidents');
  const format = useFormat();
  const { kind, templateId, service, at, until, windowMs, expected, sd, state } = anomaly;
  const step = Math.max(MINUTE, Math.round(windowMs / PARTS / MINUTE) * MINUTE);
  const now = Math.floor(engineNow() / MINUTE) * MINUTE;
  const from = at - BEFORE * step;
  const end = until ?? (state === 'open' ? now : at + windowMs);
  const to = Math.min(Math.max(at + windowMs, end), at + BEFORE * step) + AFTER * step;
  const counts = useQuery(
    orpc.logs.counts.queryOptions({
      input: {
        filter: {
          from,
          to,
          noise: true,
          ...(templateId !== null ? { templates: [templateId] } : service ? { services: [service] } : {}),
        },
        by: templateId !== null ? 'template' : 'service',
        // the engine's buckets begin on round times: one more at either end
        buckets: Math.min(500, Math.ceil((to - from) / step) + 2),
      },
      placeholderData: keepPreviousData,
      enabled: COUNTED.includes(kind) && windowMs > 0 && (templateId !== null || Boolean(service)),
    }),
  ).data;
  const bars = useMemo(() => {
    if (!counts) return [];
    const length = Math.max(0, ...counts.series.map((series) => series.counts.length));
    return Array.from({ length }, (_, i) => ({
      at: counts.from + i * counts.bucketMs,
      value: counts.series.reduce((sum, series) => sum + (series.counts[i] ?? 0), 0),
    }));
  }, [counts]);
  if (!counts || bars.length === 0) return null;
  // learned per window; a bar is a part of one: its mean is that part, its spread the square root of it
  const part = windowMs > 0 ? counts.bucketMs / windowMs : 0;
  const spread = 2 * (sd ?? 0) * Math.sqrt(part);
  const usual =
    expected !== null && part > 0 && part <= 2
      ? { low: Math.max(0, expected * part - spread), mean: expected * part, high: expected * part + spread }
      : null;
  const max = Math.max(...bars.map((bar) => bar.value));
  const title = t(`kind.${kind}`);
  return (
    <ExpectedBars
      bars={bars}
      bucketMs={counts.bucketMs}
      usual={usual}
      during={{ from: at, to: Math.max(end, at + step) }}
      write={(bar) => t('anomaly.bar', { time: format.dateTime(bar.at), n: format.number(bar.value) })}
      ends={[format.dateTime(from), format.dateTime(to)]}
      legend={{ usual: t('anomaly.usual'), during: t('anomaly.during') }}
      label={
        usual
          ? t('anomaly.chart', {
              title,
              low: format.number(usual.low),
              high: format.number(usual.high),
              max: format.number(max),
            })
          : t('anomaly.chartPlain', { title, max: format.number(max) })
      }
    />
  );
}

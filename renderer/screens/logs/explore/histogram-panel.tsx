import { Group, Skeleton, Text } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogCounts } from '../../../../main/api/contract/logs.ts';
import { LogHistogram } from '../../../charts/log-histogram.tsx';
import { bucketWords, dayTime } from '../../../logs/log-time.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../use-format.ts';
import classes from './explore.module.css';

type Props = {
  readonly counts: LogCounts | undefined;
  readonly error: unknown;
  readonly retry: () => void;
  readonly onSelect: (from: number, to: number) => void;
  readonly onPick: (at: number) => void;
};

/** How many lines there were when. */
export function HistogramPanel({ counts, error, retry, onSelect, onPick }: Props) {
  const { t } = useTranslation('logs');
  const format = useFormat();
  const words = useMemo(() => ({ lang: format.lang, zone: format.zone }), [format]);
  const nameOf = useCallback(
    (level: '' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace') => t(`level.${level || 'none'}`),
    [t],
  );
  const bucketMs = counts?.bucketMs ?? 0;
  const bucketAt = useCallback(
    (at: number) =>
      `${dayTime(at, format.zone, format.lang)} – ${dayTime(at + bucketMs, format.zone, format.lang)}`,
    [format, bucketMs],
  );
  if (error) return <ErrorState error={error} retry={retry} />;
  if (!counts) return <Skeleton height={132} radius="md" />;
  if (counts.total === 0) return null;
  const { n, unit } = bucketWords(counts.bucketMs);
  return (
    <section className={classes['histogram']} aria-label={t('histogram.title')}>
      <Group gap="md" className={classes['histogramHead'] ?? ''}>
        <Text size="sm" fw={600} component="span">
          {t('histogram.total', { n: format.number(counts.total) })}
        </Text>
        <Text size="xs" c="dimmed" component="span">
          {t('histogram.bucket', { bucket: t(`histogram.${unit}`, { n }) })}
        </Text>
        {!counts.exact && (
          <Text size="xs" c="var(--watch-text)" component="span">
            {t('histogram.notExact')}
          </Text>
        )}
        <Text size="xs" c="dimmed" component="span" ml="auto" className={classes['hint'] ?? ''}>
          {t('histogram.hint')}
        </Text>
      </Group>
      <LogHistogram
        counts={counts}
        nameOf={nameOf}
        bucketWords={bucketAt}
        words={words}
        faint={!counts.exact}
        label={t('histogram.label', {
          n: format.number(counts.total),
          levels: counts.series
            .map(({ key, total }) => `${t(`level.${levelKey(key)}`)} ${format.number(total)}`)
            .join(format.lang === 'ja' ? '、' : ', '),
        })}
        onSelect={onSelect}
        onPick={onPick}
      />
    </section>
  );
}
const KEYS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
const levelKey = (key: string): (typeof KEYS)[number] | 'none' => KEYS.find((name) => name === key) ?? 'none';

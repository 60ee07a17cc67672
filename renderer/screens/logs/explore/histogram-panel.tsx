import { Group, Skeleton, Text } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogCounts } from '../../../../main/api/contract/logs.ts';
import { LogHistogram } from '../../../charts/log-histogram.tsx';
import { bucketWords, dayTime } from '../../../logs/log-time.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Fine, Strong } from '../../../ui/text.tsx';
import { useFormat } from '../../../use-format.ts';
import { Counting } from './counting.tsx';
import classes from './explore.module.css';
import { type Found, isWhole } from './use-found-counts.ts';

type Props = {
  readonly counts: LogCounts | undefined;
  /** the lines themselves are being counted, or were; null: roll-ups tell all that was asked */
  readonly found: Found | null;
  readonly error: unknown;
  readonly retry: () => void;
  readonly onSelect: (from: number, to: number) => void;
  readonly onPick: (at: number) => void;
};

/** How many lines there were when. */
export function HistogramPanel({ counts, found, error, retry, onSelect, onPick }: Props) {
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
  const shown = found?.counts?.byLevel === counts ? found.counts : null;
  return (
    <Panel component="section" p="0.45rem 0.75rem 0" aria-label={t('histogram.title')}>
      <Group gap="md" className={classes['histogramHead'] ?? ''}>
        <Strong span>{t('histogram.total', { n: format.number(counts.total) })}</Strong>
        <Fine span>{t('histogram.bucket', { bucket: t(`histogram.${unit}`, { n }) })}</Fine>
        {!counts.exact && shown === null && (
          <Text size="xs" c="var(--watch-text)" span>
            {t('histogram.notExact')}
          </Text>
        )}
        {shown !== null && shown.leftOut.length > 0 && (
          <Text size="xs" c="var(--watch-text)" span>
            {t('histogram.leftOut')}
          </Text>
        )}
        {found && <Counting found={found} />}
        <Fine span ml="auto" className={classes['hint'] ?? ''}>
          {t('histogram.hint')}
        </Fine>
      </Group>
      <LogHistogram
        counts={counts}
        nameOf={nameOf}
        bucketWords={bucketAt}
        words={words}
        faint={!counts.exact && !(shown && isWhole(shown))}
        label={t('histogram.label', {
          n: format.number(counts.total),
          levels: format.list(
            counts.series.map(({ key, total }) => `${t(`level.${levelKey(key)}`)} ${format.number(total)}`),
          ),
        })}
        onSelect={onSelect}
        onPick={onPick}
      />
    </Panel>
  );
}
const KEYS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
const levelKey = (key: string): (typeof KEYS)[number] | 'none' => KEYS.find((name) => name === key) ?? 'none';

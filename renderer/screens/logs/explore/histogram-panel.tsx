import { Button, Group, Skeleton, Text, VisuallyHidden } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import type { LogCounts } from '../../../../main/logs/contract/logs.ts';
import { LogHistogram } from '../../../charts/log-histogram.tsx';
import { bucketWords, dayTime } from '../../../logs/log-time.ts';
import { Panel } from '../../../ui/page.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { Fine, Strong } from '../../../ui/text.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import classes from './explore.module.css';
import { type Found, isWhole, shownOf } from './use-found-counts.ts';

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
  const t = useWords('logs');
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

/**
 * How far the lines are counted, the way out, and the way back. What is said aloud is that it began and how it ended, not every
 * step; the way out and the way back are one button, so that whoever pressed it is still on it.
 */
function Counting({ found }: { readonly found: Found }) {
  const t = useWords('logs');
  const format = useFormat();
  const { counts, stopped } = found;
  const whole = counts !== undefined && isWhole(counts);
  const goesOn = found.counting && !whole;
  const said = stopped ? 'countStopped' : goesOn ? 'counted' : whole ? 'countDone' : null;
  const share = counts ? format.percent(counts.searched.segments / Math.max(1, counts.searched.of)) : '';
  const text = !stopped
    ? t(share ? 'histogram.counting' : 'histogram.counted', { share })
    : shownOf(found)
      ? t('histogram.partly', { share })
      : null;
  const Icon = stopped ? IconPlayerPlay : IconPlayerStop;
  return (
    <>
      <VisuallyHidden role="status">{said && t(`histogram.${said}`)}</VisuallyHidden>
      {(stopped || goesOn) && (
        <Group gap={4} wrap="nowrap">
          {text !== null && (
            <Text size="xs" c="var(--watch-text)" span>
              {text}
            </Text>
          )}
          <Button
            key="way"
            size="compact-xs"
            variant="subtle"
            leftSection={<Icon size={13} />}
            onClick={stopped ? found.goOn : found.stop}
          >
            {t(stopped ? 'histogram.count' : 'histogram.stopCounting')}
          </Button>
        </Group>
      )}
    </>
  );
}

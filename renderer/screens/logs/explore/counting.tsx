import { Button, Group, Text, VisuallyHidden } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../use-format.ts';
import { type Found, isWhole, shownOf } from './use-found-counts.ts';

/**
 * How far the lines are counted, the way out, and the way back. What is said aloud is that it began and how it ended, not every
 * step; the way out and the way back are one button, so that whoever pressed it is still on it.
 */
export function Counting({ found }: { readonly found: Found }) {
  const { t } = useTranslation('logs');
  const format = useFormat();
  const { counts, stopped } = found;
  const whole = counts !== undefined && isWhole(counts);
  const goesOn = found.counting && !whole;
  const said = stopped ? 'countStopped' : goesOn ? 'counted' : whole ? 'countDone' : null;
  const share = counts && format.percent(counts.searched.segments / Math.max(1, counts.searched.of));
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

import { Button, Group, Progress } from '@mantine/core';
import { useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import { Fine, Strong } from './text.tsx';

type Props = {
  readonly label: string;
  readonly stage?: string | null;
  readonly done: number;
  /** null while it is not known how much there is */
  readonly total: number | null;
  /** so far, ms; with it the speed and the remaining time are shown */
  readonly elapsedMs?: number;
  /** writes an amount; absent: a plain number */
  readonly amount?: (value: number) => string;
  readonly onCancel?: () => void;
};
/** A long job: stage, n of N, speed, time left, and the way out. */
export function ProgressRow({ label, stage, done, total, elapsedMs, amount, onCancel }: Props) {
  const t = useWords('common');
  const format = useFormat();
  const write = amount ?? ((value: number) => format.number(value));
  const share = total ? Math.min(1, done / total) : null;
  const seconds = (elapsedMs ?? 0) / 1000;
  const speed = seconds > 1 && done > 0 ? done / seconds : null;
  const left = speed && total && total > done ? (total - done) / speed : null;
  const parts = [
    stage,
    total === null ? (done ? write(done) : null) : t('nOfN', { done: write(done), total: write(total) }),
    speed && t('perSecond', { n: amount ? amount(speed) : format.number(speed, speed < 10 ? 1 : 0) }),
    left &&
      t('timeLeft', { time: left < 60 ? t('seconds', { n: Math.ceil(left) }) : format.minutes(left / 60) }),
  ].filter(Boolean);
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Strong truncate>{label}</Strong>
        {onCancel && (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={onCancel}>
            {t('stop')}
          </Button>
        )}
      </Group>
      <Progress.Root size="sm" my={5}>
        {/* without a total there is no value to read out */}
        <Progress.Section
          value={share === null ? 100 : Math.round(share * 100)}
          animated={share === null}
          withAria={share !== null}
          {...(share === null ? { role: 'progressbar' } : {})}
          aria-label={label}
        />
      </Progress.Root>
      <Fine>{parts.join(format.dot)}</Fine>
    </div>
  );
}

import { Button, Divider, Group, Popover, Stack, TextInput } from '@mantine/core';
import { IconChevronDown, IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { LAST, type TimeRange, writeRange } from '../stores/time-range.ts';
import { Choices } from '../ui/fields.tsx';
import { Fine } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import { dayTime, fieldTime, instantOfField } from './log-time.ts';

type Props = {
  readonly range: TimeRange;
  readonly onChange: (range: TimeRange) => void;
  /** now on the engine's clock */
  readonly now: number;
};

/** The range in words, as on the button. */
export function useRangeWords(): (range: TimeRange) => string {
  const t = useWords('logs');
  const format = useFormat();
  return (range) => {
    if (range.kind === 'all') return t('range.all');
    if (range.kind === 'last') return t(`range.last.${range.name}`);
    const at = (ms: number): string => dayTime(ms, format.zone, format.lang);
    return t('range.between', { from: at(range.from), to: at(range.to) });
  };
}

/** Ready-made ranges and one of one's own. The range is shared by all log screens. */
export function RangePicker({ range, onChange, now }: Props) {
  const t = useWords('logs');
  const words = useRangeWords();
  const [opened, setOpened] = useState(false);
  const pick = (next: TimeRange): void => {
    onChange(next);
    setOpened(false);
  };
  const choices: readonly TimeRange[] = [
    ...LAST.map((name) => ({ kind: 'last', name }) as const),
    { kind: 'all' },
  ];
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus width={300}>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconClock size={15} />}
          rightSection={<IconChevronDown size={14} />}
          onClick={() => setOpened(!opened)}
          aria-label={`${t('range.label')}: ${words(range)}`}
        >
          {words(range)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('range.label')}>
        <Choices
          values={choices}
          write={words}
          isPicked={(choice) => writeRange(choice) === writeRange(range)}
          onPick={pick}
        />
        <Divider my="sm" />
        <OwnRange range={range} now={now} onPick={pick} />
        <Fine mt="xs">{t('range.shared')}</Fine>
      </Popover.Dropdown>
    </Popover>
  );
}

const HOUR = 3_600_000;
function OwnRange({ range, now, onPick }: { range: TimeRange; now: number; onPick: (r: TimeRange) => void }) {
  const t = useWords('logs');
  const { zone } = useFormat();
  const start = range.kind === 'between' ? range : { from: now - HOUR, to: now };
  const [from, setFrom] = useState(() => fieldTime(start.from, zone));
  const [to, setTo] = useState(() => fieldTime(start.to, zone));
  const [begin, end] = [instantOfField(from, zone), instantOfField(to, zone)];
  const wrong = begin === null || end === null || begin >= end;
  return (
    <Stack gap="xs">
      <TextInput
        type="datetime-local"
        step={1}
        label={t('range.from')}
        value={from}
        onChange={(e) => setFrom(e.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        step={1}
        label={t('range.to')}
        value={to}
        onChange={(e) => setTo(e.currentTarget.value)}
        error={begin !== null && end !== null && begin >= end ? t('range.wrong') : null}
      />
      <Group justify="space-between">
        <Fine>{zone}</Fine>
        <Button
          size="compact-sm"
          disabled={wrong}
          onClick={() => begin !== null && end !== null && onPick({ kind: 'between', from: begin, to: end })}
        >
          {t('range.use')}
        </Button>
      </Group>
    </Stack>
  );
}

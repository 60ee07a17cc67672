import { Button, Group, Select } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { orpc } from '../../engine-hooks.ts';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

const NEXT = 'next';
type Props = {
  /** the date on the board */
  readonly date: string | null;
  readonly busy: boolean;
  readonly onMake: (date: string | null) => void;
};

/** The days that can be planned, each with whose roster it would have. */
export function DayPicker({ date, busy, onMake }: Props) {
  const t = useWords('board');
  const { lang } = useFormat();
  const days = useQuery(orpc.placement.days.queryOptions()).data ?? [];
  const [wanted, setWanted] = useState<string | null>(null);
  const value = wanted ?? date ?? NEXT;
  // a calendar date is the same everywhere: noon UTC lies within it
  const named = (day: string): string =>
    new Intl.DateTimeFormat(lang, {
      month: 'numeric',
      day: 'numeric',
      weekday: 'short',
      timeZone: 'UTC',
    }).format(new Date(`${day}T12:00:00Z`));
  const label = (day: string, roster: string | null): string => {
    const from =
      roster === null
        ? t('noRoster')
        : roster === day
          ? t('ownRoster')
          : t('usualRoster', { date: named(roster) });
    return `${named(day)} (${from})`;
  };
  const known = days.map(({ date: day, roster }) => ({
    value: day,
    label: label(day, roster),
    disabled: roster === null,
  }));
  const isListed = date === null || days.some((day) => day.date === date);
  return (
    <Group gap="xs" align="flex-end" className="no-print">
      <Select
        label={t('date')}
        w={290}
        allowDeselect={false}
        value={value}
        onChange={setWanted}
        data={[
          { value: NEXT, label: t('next') },
          ...(isListed || date === null ? [] : [{ value: date, label: named(date) }]),
          ...known,
        ]}
      />
      <Button
        leftSection={<IconCalendarPlus size={16} />}
        disabled={busy}
        onClick={() => onMake(value === NEXT ? null : value)}
      >
        {value === date ? t('remake') : t('make')}
      </Button>
    </Group>
  );
}

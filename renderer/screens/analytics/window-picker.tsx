import { Button, Divider, Group, InputBase, Popover, Stack, TextInput } from '@mantine/core';
import { IconCalendar, IconSelector } from '@tabler/icons-react';
import { useState } from 'react';
import type { Days, MeasureInfo, Window } from '../../../main/measures/contract/measures.ts';
import { engineNow } from '../../engine-hooks.ts';
import { Choices } from '../../ui/fields.tsx';
import { Fine } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { clockWords, type QueryWords } from './use-query-words.ts';

/** Told to the minute already. */
const WITHOUT_HOURS: ReadonlySet<Days['kind']> = new Set(['last-minutes', 'between']);
const PAST: readonly Days[] = [
  { kind: 'day', offset: 0 },
  { kind: 'day', offset: -1 },
  { kind: 'week', offset: 0 },
  { kind: 'week', offset: -1 },
  { kind: 'month', offset: 0 },
  { kind: 'month', offset: -1 },
  { kind: 'last-days', days: 7 },
  { kind: 'last-days', days: 28 },
  { kind: 'all' },
];
const FUTURE: readonly Days[] = [
  { kind: 'day', offset: 1 },
  { kind: 'next-days', days: 7 },
];

type Props = {
  readonly window: Window;
  readonly onChange: (window: Window) => void;
  /** of the measures shown: what none of them can be asked for is not offered */
  readonly measures: readonly MeasureInfo[];
  readonly words: QueryWords;
};

/** The days, told relative to the data so that a saved view goes with time, and a part of each day. */
export function WindowPicker({ window, onChange, measures, words }: Props) {
  const t = useWords('analytics');
  const [opened, setOpened] = useState(false);
  const pick = (days: Days): void => {
    const keepsHours = days.kind !== 'now' && days.kind !== 'all' && !WITHOUT_HOURS.has(days.kind);
    onChange(keepsHours ? { ...window, days } : { days, from: null, until: null, at: null });
    setOpened(false);
  };
  const choices: readonly Days[] = [
    { kind: 'now' },
    ...(measures.some((one) => one.past) ? PAST : []),
    ...(measures.some((one) => one.future) ? FUTURE : []),
  ];
  const isPicked = (days: Days): boolean => JSON.stringify(days) === JSON.stringify(window.days);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus width={320}>
      <Popover.Target>
        <InputBase
          component="button"
          type="button"
          pointer
          label={t('field.time')}
          leftSection={<IconCalendar size={15} />}
          rightSection={<IconSelector size={15} />}
          onClick={() => setOpened(!opened)}
          aria-label={`${t('picker.label')}: ${words.window(window)}`}
        >
          {words.window(window)}
        </InputBase>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('picker.label')}>
        <Choices values={choices} write={words.days} isPicked={isPicked} onPick={pick} />
        <Divider my="sm" label={t('picker.own')} labelPosition="left" />
        <OwnDates days={window.days} onPick={pick} />
        {!WITHOUT_HOURS.has(window.days.kind) && (
          <>
            <Divider my="sm" label={t('picker.hours')} labelPosition="left" />
            <Hours window={window} onChange={onChange} />
          </>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function OwnDates({ days, onPick }: { readonly days: Days; readonly onPick: (days: Days) => void }) {
  const t = useWords('analytics');
  const { zone } = useFormat();
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(engineNow());
  const [from, setFrom] = useState(days.kind === 'dates' ? days.from : today);
  const [to, setTo] = useState(days.kind === 'dates' ? days.to : today);
  const isWrong = from !== '' && to !== '' && from > to;
  return (
    <Stack gap="xs">
      <Group grow gap="xs">
        <TextInput
          type="date"
          label={t('picker.from')}
          value={from}
          onChange={(e) => setFrom(e.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('picker.to')}
          value={to}
          onChange={(e) => setTo(e.currentTarget.value)}
          error={isWrong ? t('picker.wrong') : null}
        />
      </Group>
      <Button
        size="compact-sm"
        variant="light"
        disabled={isWrong || from === '' || to === ''}
        onClick={() => onPick({ kind: 'dates', from, to })}
      >
        {t('picker.use')}
      </Button>
    </Stack>
  );
}

const minuteOf = (text: string): number | null => {
  const [hours, minutes] = text.split(':').map(Number);
  return hours === undefined || minutes === undefined || Number.isNaN(hours + minutes)
    ? null
    : hours * 60 + minutes;
};
const fieldOf = (minute: number | null): string => (minute === null ? '' : clockWords(minute % 1440));
function Hours({ window, onChange }: Pick<Props, 'window' | 'onChange'>) {
  const t = useWords('analytics');
  const { from, until, at } = window;
  const hasHours = from !== null || until !== null || at !== null;
  /** hours need days to be of: "now" has none */
  const days: Days =
    window.days.kind === 'now' || window.days.kind === 'all' ? { kind: 'day', offset: 0 } : window.days;
  const field = (label: string, minute: number | null, change: (minute: number | null) => Window) => (
    <TextInput
      type="time"
      step={1800}
      label={label}
      value={fieldOf(minute)}
      onChange={(e) => onChange(change(minuteOf(e.currentTarget.value)))}
    />
  );
  return (
    <Stack gap="xs">
      <Group grow gap="xs">
        {field(t('picker.hoursFrom'), from, (minute) => ({ days, from: minute, until, at: null }))}
        {field(t('picker.hoursUntil'), until, (minute) => ({ days, from, until: minute, at: null }))}
        {field(t('picker.at'), at, (minute) => ({ days, from: null, until: null, at: minute }))}
      </Group>
      <Fine>{t('picker.hoursHelp')}</Fine>
      {hasHours && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => onChange({ ...window, from: null, until: null, at: null })}
        >
          {t('picker.clearHours')}
        </Button>
      )}
    </Stack>
  );
}

import { Group, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SituationRow } from '../../../main/api/contract/situation.ts';
import { wordDayMinute } from '../../../main/api/contract/words/what-if.ts';
import { CommitMinutes, CommitNumber } from '../../ui/commit-input.tsx';
import { type Format, useFormat } from '../../use-format.ts';
import type { PartProps } from './change-dialog.tsx';
import type { ChangeForm } from './change-form.ts';
import { isIn } from './scope-fields.tsx';

/** Local minute of the day of `asOf`; past 1440 on the day after. */
function dayMinute(at: number, asOf: number, format: Format): number {
  const [hours = 0, minutes = 0] = format.time(at).split(':').map(Number);
  const isToday = format.date(at) === format.date(asOf);
  return hours * 60 + minutes + (isToday || at < asOf ? 0 : 24 * 60);
}

/** Which deadline moves, and how. */
export function DeadlineFields({
  form,
  rows,
  asOf,
  onForm,
}: PartProps & { readonly rows: readonly SituationRow[]; readonly asOf: number }) {
  const { t } = useTranslation('whatIf');
  const format = useFormat();
  const minutes = [
    ...new Set(
      rows
        .filter((row) => isIn(row, form.where))
        .flatMap((row) => row.lots.map((lot) => dayMinute(lot.deadline, asOf, format))),
    ),
    ...(typeof form.deadline === 'number' ? [form.deadline] : []),
  ];
  const isTo = form.shift === 'to';
  const all = isTo ? 'next' : 'every';
  const which = typeof form.deadline === 'number' ? String(form.deadline) : all;
  const setShift = (shift: string | null): void => {
    if (shift) onForm({ shift: shift as ChangeForm['shift'] });
  };
  return (
    <Group grow align="flex-end">
      <Select
        label={t('dialog.deadline')}
        allowDeselect={false}
        value={which}
        data={[
          { value: all, label: t(isTo ? 'dialog.nextDeadline' : 'dialog.everyDeadline') },
          ...[...new Set(minutes)]
            .sort((a, b) => a - b)
            .map((minute) => ({ value: String(minute), label: wordDayMinute(minute) })),
        ]}
        onChange={(value) => onForm({ deadline: value === null || value === all ? all : Number(value) })}
      />
      <Select
        label={t('dialog.shift')}
        allowDeselect={false}
        value={form.shift}
        data={[
          { value: 'later', label: t('dialog.later') },
          { value: 'earlier', label: t('dialog.earlier') },
          { value: 'to', label: t('dialog.toTime') },
        ]}
        onChange={setShift}
      />
      {isTo ? (
        <CommitMinutes
          label={t('dialog.time')}
          max={2880}
          value={form.until}
          onCommit={(until) => onForm({ until })}
        />
      ) : (
        <CommitNumber
          label={t('dialog.minutes')}
          min={0}
          max={1440}
          value={form.minutes}
          onCommit={(value) => onForm({ minutes: value })}
        />
      )}
    </Group>
  );
}

import { Group, MultiSelect, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { SituationRow } from '../../../main/analytics/contract/situation.ts';
import type { ChangeScope, Who } from '../../../main/placement/contract/what-if.ts';
import { wordDayMinute } from '../../../main/placement/contract/what-if-words.ts';
import { orpc } from '../../engine-hooks.ts';
import { CommitMinutes, CommitNumber } from '../../ui/fields.tsx';
import { type Format, useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import type { PartProps } from './change-dialog.tsx';
import type { ChangeForm } from './change-form.ts';

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
  const t = useWords('whatIf');
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

const KINDS = ['number', 'share', 'named'] as const satisfies readonly Who['kind'][];

/** Which of the people there: so many, a share, or by name. */
export function WhoFields({ form, onForm, rows }: PartProps & { readonly rows: readonly SituationRow[] }) {
  const t = useWords('whatIf');
  const { where } = form;
  const isOne = where.location !== undefined && where.businessId !== undefined && where.process !== undefined;
  const cell = isOne ? rows.find((row) => isIn(row, where)) : undefined;
  return (
    <Stack gap="xs">
      <div>
        <Text size="sm" fw={500} mb={4}>
          {t('dialog.who')}
        </Text>
        <SegmentedControl
          aria-label={t('dialog.who')}
          value={form.whoKind}
          onChange={(whoKind) => onForm({ whoKind })}
          data={KINDS.map((value) => ({ value, label: t(`dialog.whoKind.${value}`) }))}
        />
      </div>
      {form.whoKind === 'number' && (
        <CommitNumber
          label={t('dialog.count')}
          min={1}
          max={999}
          value={form.count}
          onCommit={(count) => onForm({ count })}
        />
      )}
      {form.whoKind === 'share' && (
        <CommitNumber
          label={t('dialog.share')}
          percent
          min={0}
          max={100}
          value={form.share}
          onCommit={(share) => onForm({ share })}
        />
      )}
      {form.whoKind === 'named' && (
        <People cellId={cell?.cellId ?? null} named={form.named} onNamed={(named) => onForm({ named })} />
      )}
    </Stack>
  );
}

type PeopleProps = {
  readonly cellId: string | null;
  readonly named: ChangeForm['named'];
  readonly onNamed: (named: ChangeForm['named']) => void;
};
function People({ cellId, named, onNamed }: PeopleProps) {
  const t = useWords('whatIf');
  const detail = useQuery(
    orpc.situation.cell.queryOptions({ input: { cellId: cellId ?? '' }, enabled: cellId !== null }),
  );
  // whoever was named before stays on the list, at work or not
  const known = new Map([...named, ...(detail.data?.people ?? [])].map((one) => [one.operatorId, one.name]));
  return (
    <MultiSelect
      label={t('dialog.people')}
      {...(cellId === null && { description: t('dialog.peopleHint') })}
      searchable
      disabled={cellId === null && named.length === 0}
      value={named.map((person) => person.operatorId)}
      data={[...known].map(([value, label]) => ({ value, label }))}
      onChange={(ids) =>
        onNamed(ids.map((operatorId) => ({ operatorId, name: known.get(operatorId) ?? '' })))
      }
    />
  );
}

const ALL = '';
const isIn = (row: SituationRow, where: ChangeScope): boolean =>
  (where.location === undefined || row.location === where.location) &&
  (where.businessId === undefined || row.businessId === where.businessId) &&
  (where.process === undefined || row.process === where.process);

/** Site, business and process, each of them or all. */
export function ScopeFields({
  label,
  rows,
  where,
  onWhere,
}: {
  readonly label: string;
  readonly rows: readonly SituationRow[];
  readonly where: ChangeScope;
  readonly onWhere: (where: ChangeScope) => void;
}) {
  const t = useWords('whatIf');
  const pick = (key: keyof ChangeScope, name: string, data: readonly (readonly [string, string])[]) => (
    <Select
      label={name}
      allowDeselect={false}
      value={where[key] ?? ALL}
      data={[
        { value: ALL, label: t('dialog.all') },
        ...[...new Map(data)].map(([value, text]) => ({ value, label: text })),
      ]}
      onChange={(value) => onWhere({ ...where, [key]: value || undefined })}
    />
  );
  return (
    <Group grow align="flex-end" role="group" aria-label={label}>
      {pick(
        'location',
        `${label} (${t('dialog.location')})`,
        rows.map((row) => [row.location, row.location]),
      )}
      {pick(
        'businessId',
        t('dialog.business'),
        rows.map((row) => [row.businessId, row.businessName]),
      )}
      {pick(
        'process',
        t('dialog.process'),
        rows.map((row) => [row.process, row.process]),
      )}
    </Group>
  );
}

/** One process by name. */
export function CellSelect({
  label,
  rows,
  cellId,
  onCell,
}: {
  readonly label: string;
  readonly rows: readonly SituationRow[];
  readonly cellId: string | null;
  readonly onCell: (cellId: string) => void;
}) {
  const format = useFormat();
  return (
    <Select
      label={label}
      searchable
      allowDeselect={false}
      value={cellId}
      data={rows.map((row) => ({ value: row.cellId, label: format.cell(row) }))}
      onChange={(value) => value && onCell(value)}
    />
  );
}

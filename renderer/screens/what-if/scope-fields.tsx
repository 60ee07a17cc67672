import { Group, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SituationRow } from '../../../main/api/contract/situation.ts';
import type { ChangeScope } from '../../../main/api/contract/what-if.ts';
import { useFormat } from '../../use-format.ts';

const ALL = '';
export const isIn = (row: SituationRow, where: ChangeScope): boolean =>
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
  const { t } = useTranslation('whatIf');
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

import { Button, Chip, Group, SegmentedControl, Select } from '@mantine/core';
import { IconFilterOff, IconLayoutGrid, IconTable } from '@tabler/icons-react';
import type { SituationRow } from '../../../main/analytics/contract/situation.ts';
import { useWords } from '../../words.ts';
import { processesOf } from './board-model.ts';

export type View = 'board' | 'table';
export type Filter = {
  readonly location: string | null;
  readonly process: string | null;
  readonly businessId: string | null;
  readonly lateOnly: boolean;
};
export const NO_FILTER: Filter = { location: null, process: null, businessId: null, lateOnly: false };
export const isFiltered = (filter: Filter): boolean =>
  filter.location !== null || filter.process !== null || filter.businessId !== null || filter.lateOnly;
export const passes = (row: SituationRow, filter: Filter): boolean =>
  (filter.location === null || row.location === filter.location) &&
  (filter.process === null || row.process === filter.process) &&
  (filter.businessId === null || row.businessId === filter.businessId) &&
  (!filter.lateOnly || row.risk === 'danger' || row.risk === 'watch');

type Props = {
  readonly rows: readonly SituationRow[];
  readonly filter: Filter;
  readonly view: View;
  readonly onFilter: (filter: Filter) => void;
  readonly onView: (view: View) => void;
};
const ALL = '';

export function Filters({ rows, filter, view, onFilter, onView }: Props) {
  const t = useWords('situation');
  const locations = [...new Set(rows.map((row) => row.location))];
  const businesses = [...new Map(rows.map((row) => [row.businessId, row.businessName]))];
  const pick = (
    label: string,
    value: string | null,
    data: { value: string; label: string }[],
    set: (value: string | null) => void,
  ) => (
    <Select
      size="xs"
      w={150}
      aria-label={label}
      value={value ?? ALL}
      data={[{ value: ALL, label: `${label}: ${t('filter.all')}` }, ...data]}
      onChange={(chosen) => set(chosen || null)}
    />
  );
  return (
    <Group gap="xs" mb="md" role="group" aria-label={t('filter.label')}>
      {pick(
        t('filter.location'),
        filter.location,
        locations.map((name) => ({ value: name, label: name })),
        (location) => onFilter({ ...filter, location }),
      )}
      {pick(
        t('filter.process'),
        filter.process,
        processesOf(rows).map((name) => ({ value: name, label: name })),
        (process) => onFilter({ ...filter, process }),
      )}
      {pick(
        t('filter.business'),
        filter.businessId,
        businesses.map(([value, label]) => ({ value, label })),
        (businessId) => onFilter({ ...filter, businessId }),
      )}
      <Chip size="xs" checked={filter.lateOnly} onChange={(lateOnly) => onFilter({ ...filter, lateOnly })}>
        {t('filter.onlyLate')}
      </Chip>
      {isFiltered(filter) && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconFilterOff size={14} />}
          onClick={() => onFilter(NO_FILTER)}
        >
          {t('filter.clear')}
        </Button>
      )}
      <SegmentedControl
        ml="auto"
        size="xs"
        aria-label={t('view.label')}
        value={view}
        onChange={onView}
        data={[
          { value: 'board', label: <Choice icon={<IconLayoutGrid size={14} />} text={t('view.board')} /> },
          { value: 'table', label: <Choice icon={<IconTable size={14} />} text={t('view.table')} /> },
        ]}
      />
    </Group>
  );
}
function Choice({ icon, text }: { readonly icon: React.ReactNode; readonly text: string }) {
  return (
    <Group gap={5} wrap="nowrap">
      {icon}
      {text}
    </Group>
  );
}

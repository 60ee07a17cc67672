import { Button, Drawer, Group, Stack } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Table } from '../../main/api/contract/common.ts';
import { columnsIn } from '../../main/api/contract/format.ts';
import { type Format, useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import { fileName, saveText, toCsv, writeValue } from './csv.ts';
import { type Column, DataTable } from './data-table.tsx';
import { Fine } from './text.tsx';

type Row = Table['rows'][number];
type KeyedRow = { readonly key: string; readonly row: Row };
type Props = {
  /** null: closed */
  readonly table: Table | null;
  readonly onClose: () => void;
};

/** Longer values are broken into lines. */
const ONE_LINE = 24;
const columnsOf = (table: Table, format: Format): Column<KeyedRow>[] =>
  columnsIn(table.columns, format.lang).map((column) => ({
    key: column.key,
    label: format.pick(column.label),
    align: column.kind === 'text' || column.kind === 'date' ? 'left' : 'right',
    oneLine: table.rows.every((row) => String(row[column.key] ?? '').length <= ONE_LINE),
    sort: ({ row }) => row[column.key] ?? null,
    render: ({ row }) => writeValue(row[column.key], column.kind, format),
  }));

/** A contract table on the page: sortable, with its row count and CSV. */
export function ContractTable({ table, maxHeight }: { readonly table: Table; readonly maxHeight?: string }) {
  const t = useWords('common');
  const format = useFormat();
  const columns = useMemo(() => columnsOf(table, format), [table, format]);
  const rows = useMemo(() => table.rows.map((row, i) => ({ key: String(i), row })), [table]);
  const title = format.pick(table.title);
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="sm">
        <Fine>
          {t('rowsAsOf', {
            shown: format.number(table.rows.length),
            total: format.number(table.total),
            at: format.dateTime(table.asOf),
          })}
        </Fine>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconDownload size={14} />}
          onClick={() =>
            saveText(fileName(title, table.asOf, format.zone, 'csv'), toCsv(table, format), 'text/csv')
          }
        >
          {t('saveCsv')}
        </Button>
      </Group>
      <DataTable
        label={title}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.key}
        {...(maxHeight === undefined ? {} : { maxHeight })}
      />
    </Stack>
  );
}

/** The rows behind a number. */
export function TableDrawer({ table, onClose }: Props) {
  const format = useFormat();
  return (
    <Drawer opened={table !== null} onClose={onClose} size="xl" title={table && format.pick(table.title)}>
      {table && <ContractTable table={table} maxHeight="calc(100vh - 9rem)" />}
    </Drawer>
  );
}

import { Button, Drawer, Group, Stack } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Table } from '../../main/api/contract/common.ts';
import { columnsIn } from '../../main/api/contract/format.ts';
import { type Format, useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import classes from './contract-table.module.css';
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

type PlainProps = {
  readonly table: Table;
  /** those shown, where not all are */
  readonly shown?: Table['rows'];
  /** offers the rows as CSV; not on paper */
  readonly save?: boolean;
};

type TableColumn = Table['columns'][number];
/** Columns of texts as short as these keep each on one line. */
const WHOLE_LETTERS = 8;
const isSmall = (value: Table['rows'][number][string] | undefined): boolean =>
  value == null || (typeof value === 'number' && Math.abs(value) < 10);

/** The rows of a table, one below the other: reads and prints as one piece. */
export function PlainTable({ table: full, shown, save = false }: PlainProps) {
  const t = useWords('common');
  const format = useFormat();
  const table = { ...full, columns: columnsIn(full.columns, format.lang) };
  const rows = shown ?? table.rows;
  const title = format.pick(table.title);
  const isNumber = (kind: Table['columns'][number]['kind']): boolean =>
    kind === 'number' || kind === 'percent';
  // a column of small fractions (thresholds, rates) needs its digits
  const fine = new Set(
    table.columns
      .map(({ key }) => key)
      .filter(
        (key) =>
          table.rows.every((row) => isSmall(row[key])) &&
          table.rows.some((row) => !Number.isInteger(row[key])),
      ),
  );
  const write = (value: Table['rows'][number][string] | undefined, { key, kind }: TableColumn): string =>
    kind === 'number' && typeof value === 'number' && fine.has(key)
      ? format.number(value, 3)
      : writeValue(value, kind, format);
  // names are not broken, as a narrow screen would do with Japanese ones on an English page
  const whole = new Set(
    table.columns
      .filter((column) => rows.every((row) => write(row[column.key], column).length <= WHOLE_LETTERS))
      .map(({ key }) => key),
  );
  return (
    <div className={classes['tableBox']}>
      <div className={classes['tableHead']}>
        <b>{title}</b>
        {table.total > rows.length && (
          <Fine span>
            {t('compactRows', { shown: format.number(rows.length), total: format.number(table.total) })}
          </Fine>
        )}
        {save && (
          <Button
            ml="auto"
            size="compact-xs"
            variant="subtle"
            className="no-print"
            leftSection={<IconDownload size={13} />}
            aria-label={`${t('saveCsv')}: ${title}`}
            onClick={() =>
              saveText(fileName(title, table.asOf, format.zone, 'csv'), toCsv(table, format), 'text/csv')
            }
          >
            {t('saveCsv')}
          </Button>
        )}
      </div>
      <div className={classes['tableScroll']}>
        <table aria-label={title}>
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column.key} scope="col" data-right={isNumber(column.kind) || undefined}>
                  {format.pick(column.label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
              <tr key={i}>
                {table.columns.map((column) => (
                  <td
                    key={column.key}
                    data-right={isNumber(column.kind) || undefined}
                    data-whole={whole.has(column.key) || undefined}
                  >
                    {write(row[column.key], column) || '–'}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

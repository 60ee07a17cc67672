import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowsSort, IconSortAscending, IconSortDescending } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import classes from './data-table.module.css';
import { TimeText } from './text.tsx';

export type Column<Row> = {
  readonly key: string;
  readonly label: string;
  readonly render: (row: Row) => ReactNode;
  /** what to sort by; without it the column cannot be sorted */
  readonly sort?: (row: Row) => string | number | null;
  readonly align?: 'left' | 'right';
  /** its values stay on one line; the table scrolls sideways instead */
  readonly oneLine?: boolean;
  /** CSS width */
  readonly width?: string;
  /** the label is for readers only, e.g. above a column of buttons */
  readonly labelHidden?: boolean;
};
type Look<Row> = Pick<Column<Row>, 'width' | 'align' | 'oneLine'>;
/** A column of short texts, `–` where there is none. */
export const textColumn = <Row,>(
  key: string,
  label: string,
  of: (row: Row) => string | number | null | undefined,
  look: Look<Row> = {},
): Column<Row> => ({
  key,
  label,
  sort: (row) => of(row) ?? null,
  render: (row) => String(of(row) ?? '') || '–',
  ...look,
});
/** A column of instants; the full date and time on hover. */
export const timeColumn = <Row,>(
  key: string,
  label: string,
  at: (row: Row) => number | null,
  look: Look<Row> = {},
): Column<Row> => ({
  key,
  label,
  oneLine: true,
  sort: at,
  render: (row) => <TimeText at={at(row)} />,
  ...look,
});
/** A column of numbers, `—` where there is none. */
export const numberColumn = <Row,>(
  key: string,
  label: string,
  of: (row: Row) => number | null,
  write: (value: number) => string,
): Column<Row> => ({
  key,
  label,
  align: 'right',
  oneLine: true,
  sort: of,
  render: (row) => {
    const value = of(row);
    return value === null ? '—' : write(value);
  },
});
type Props<Row> = {
  /** what the table is, for readers */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  readonly selected?: string | null;
  /** CSS max height of the scrolling box */
  readonly maxHeight?: string;
  readonly empty?: ReactNode;
  readonly initialSort?: { readonly key: string; readonly down: boolean };
};
const ROW_PX = 37;
const MOVES: Record<string, (i: number, last: number) => number> = {
  ArrowDown: (i, last) => Math.min(last, i + 1),
  ArrowUp: (i) => Math.max(0, i - 1),
  PageDown: (i, last) => Math.min(last, i + 12),
  PageUp: (i) => Math.max(0, i - 12),
  Home: () => 0,
  End: (_, last) => last,
};

function sortRows<Row>(
  rows: readonly Row[],
  by: ((row: Row) => string | number | null) | undefined,
  down: boolean,
  lang: string,
): readonly Row[] {
  if (!by) return rows;
  const collator = new Intl.Collator(lang, { numeric: true });
  const compare = (a: string | number | null, b: string | number | null): number => {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1; // what is not known goes last, either way
    const order =
      typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
    return down ? -order : order;
  };
  return rows
    .map((row) => ({ row, value: by(row) }))
    .sort((a, b) => compare(a.value, b.value))
    .map((x) => x.row);
}

/** Rows of any number: only those in view are in the page. Arrow keys walk them, Enter opens one. */
export function DataTable<Row>(props: Props<Row>) {
  const { label, columns, rows, rowKey, onOpen, selected, maxHeight = '60vh', empty, initialSort } = props;
  const t = useWords('common');
  const { lang } = useFormat();
  const box = useRef<HTMLDivElement>(null);
  const [order, setOrder] = useState(initialSort ?? null);
  const [active, setActive] = useState(0);
  const sorted = useMemo(
    () => sortRows(rows, columns.find((c) => c.key === order?.key)?.sort, order?.down ?? false, lang),
    [rows, columns, order, lang],
  );
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    initialRect: { width: 800, height: 600 },
  });
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const at = Math.min(active, Math.max(0, sorted.length - 1));

  const onKeyDown = (event: KeyboardEvent, row: Row): void => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter' && onOpen) {
      event.preventDefault();
      onOpen(row);
      return;
    }
    const next = MOVES[event.key]?.(at, sorted.length - 1);
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
  };
  if (rows.length === 0 && empty !== undefined) return empty;
  return (
    <div ref={box} className={classes['box']} style={{ maxHeight }}>
      <table className={classes['table']} aria-label={label} aria-rowcount={sorted.length + 1}>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeadCell
                key={column.key}
                column={column}
                order={order?.key === column.key ? (order.down ? 'descending' : 'ascending') : 'none'}
                hint={t('sortBy', { column: column.label })}
                onSort={() =>
                  setOrder((now) => ({ key: column.key, down: now?.key === column.key ? !now.down : false }))
                }
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <tr aria-hidden style={{ height: above }} />}
          {items.map((item) => {
            const row = sorted[item.index];
            if (row === undefined) return null;
            const key = rowKey(row);
            return (
              <tr
                key={key}
                ref={virtual.measureElement}
                data-index={item.index}
                aria-rowindex={item.index + 2}
                aria-selected={selected === undefined ? undefined : selected === key}
                data-openable={onOpen !== undefined || undefined}
                tabIndex={item.index === at ? 0 : -1}
                onFocus={() => setActive(item.index)}
                onClick={onOpen && (() => onOpen(row))}
                onKeyDown={(event) => onKeyDown(event, row)}
              >
                {columns.map((column) => (
                  <td key={column.key} data-align={column.align} data-one-line={column.oneLine || undefined}>
                    {column.render(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          {below > 0 && <tr aria-hidden style={{ height: below }} />}
        </tbody>
      </table>
    </div>
  );
}

type HeadProps<Row> = {
  readonly column: Column<Row>;
  readonly order: 'ascending' | 'descending' | 'none';
  readonly hint: string;
  readonly onSort: () => void;
};
function HeadCell<Row>({ column, order, hint, onSort }: HeadProps<Row>) {
  const Icon =
    order === 'none' ? IconArrowsSort : order === 'ascending' ? IconSortAscending : IconSortDescending;
  const style = column.width ? { width: column.width } : {};
  return (
    <th scope="col" data-align={column.align} style={style} aria-sort={column.sort ? order : undefined}>
      {column.sort ? (
        <UnstyledButton className={classes['sort']} onClick={onSort} title={hint}>
          {column.label}
          <Icon
            size={13}
            aria-hidden
            className={classes['sortIcon']}
            data-on={order !== 'none' || undefined}
          />
        </UnstyledButton>
      ) : column.labelHidden ? (
        <VisuallyHidden>{column.label}</VisuallyHidden>
      ) : (
        column.label
      )}
    </th>
  );
}

import { Box } from '@mantine/core';
import { useMemo } from 'react';
import type { Table } from '../../main/api/contract/common.ts';
import { useWords } from '../words.ts';
import classes from './heat-table.module.css';
import { type Grid, gridOf, type Shape, type Write } from './measure-shape.ts';

type Props = {
  readonly table: Table;
  readonly shape: Shape;
  readonly write: Write;
  readonly onPick?: ((row: number) => void) | undefined;
  readonly worseHigh?: boolean;
  /** the values are levels of skill: how many have one, by name and across, says where training would help */
  readonly counts?: boolean;
};
/** More rows than this cannot be taken in at once; the table beside it holds all. */
const MOST_ROWS = 60;

/** Names down, times or names across, the value as text and as strength of colour. A table, so it is read, walked and printed as one. */
export function HeatTable({ table, shape, write, onPick, worseHigh = false, counts = false }: Props) {
  const t = useWords('charts');
  const grid = useMemo(() => gridOf(table, shape, write), [table, shape, write]);
  const measure = shape.measures[0];
  if (!measure) return null;
  // beside a comparison it is the difference that counts, above and below each in its own colour
  const compared = shape.comparedOf(measure);
  const valueAt = (row: number, column: number): { readonly at: number; readonly value: number } | null => {
    const at = grid.at(row, column);
    const line = at === undefined ? undefined : table.rows[at];
    const value = line?.[measure.key];
    if (at === undefined || typeof value !== 'number') return null;
    const beside = compared ? line?.[compared.key] : 0;
    return typeof beside === 'number' ? { at, value: value - beside } : null;
  };
  const rows = grid.rows.slice(0, MOST_ROWS);
  const values = rows.flatMap((_, row) => grid.columns.map((_, column) => valueAt(row, column)?.value ?? 0));
  const top = Math.max(...values.map(Math.abs), 1e-9);
  const toneOf = (value: number): 'short' | 'over' | 'plain' =>
    !compared ? 'plain' : value > 0 === worseHigh ? 'short' : 'over';
  const sign = (value: number): string => (compared && value > 0 ? '+' : '');
  return (
    <Box style={{ overflowX: 'auto' }}>
      {compared && (
        <p className={classes['key']}>
          <span data-tone="short">{t('strip.short')}</span>
          <span data-tone="over">{t('strip.over')}</span>
        </p>
      )}
      <table className={classes['table']}>
        <thead>
          <tr>
            <td />
            {grid.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
            {counts && <th scope="col">{t('counts.across')}</th>}
          </tr>
          {counts && <Counts grid={grid} />}
        </thead>
        <tbody>
          {rows.map((name, row) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {grid.columns.map((column, i) => {
                const cell = valueAt(row, i);
                if (!cell) return <td key={column} className={classes['none']} />;
                const said = `${sign(cell.value)}${write(cell.value, measure)}`;
                const strength = Math.round((Math.abs(cell.value) / top) * 70);
                return (
                  <td
                    key={column}
                    data-tone={cell.value === 0 ? undefined : toneOf(cell.value)}
                    style={{ '--strength': `${strength}%` } as React.CSSProperties}
                  >
                    {onPick ? (
                      <button
                        type="button"
                        aria-label={`${name} ${column}: ${said}`}
                        onClick={() => onPick(cell.at)}
                      >
                        {said}
                      </button>
                    ) : (
                      said
                    )}
                  </td>
                );
              })}
              {counts && (
                <td className={classes['count']}>
                  {grid.columns.filter((_, column) => grid.at(row, column) !== undefined).length}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {grid.rows.length > rows.length && (
        <Box component="p" m="6px 0 0" fz={12} c="dimmed">
          {t('firstOf', { shown: rows.length, total: grid.rows.length })}
        </Box>
      )}
    </Box>
  );
}

/** How many can do what is across; the fewest stand out: there training one person helps most. */
function Counts({ grid }: { readonly grid: Grid }) {
  const t = useWords('charts');
  const counts = grid.columns.map(
    (_, column) => grid.rows.filter((__, row) => grid.at(row, column) !== undefined).length,
  );
  const fewest = Math.min(...counts);
  return (
    <tr>
      <th scope="row">{t('counts.along')}</th>
      {counts.map((count, column) => (
        <td
          key={grid.columns[column]}
          className={classes['count']}
          data-fewest={count === fewest || undefined}
        >
          {count}
          {count === fewest && <small>{t('counts.fewest')}</small>}
        </td>
      ))}
      <td />
    </tr>
  );
}

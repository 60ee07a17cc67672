import type { ReactNode } from 'react';
import classes from './settings.module.css';

/** A small table of a settings page; columns from `right` on hold numbers. */
export function Rows(o: {
  readonly label: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly ReactNode[])[];
  readonly right?: number;
}) {
  const isNumber = (column: number): boolean => o.right !== undefined && column >= o.right;
  return (
    <table className={classes['netTable']} aria-label={o.label}>
      <thead>
        <tr>
          {o.head.map((name, column) => (
            <th key={name} scope="col" data-right={isNumber(column) || undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {o.rows.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
          <tr key={i}>
            {row.map((cell, column) => (
              <td key={o.head[column]} data-right={isNumber(column) || undefined}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

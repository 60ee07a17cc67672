import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Table } from '../../../main/api/contract/common.ts';
import { orpc } from '../../engine-hooks.ts';

export type Source = 'snapshots' | 'people' | 'productivity';
export type SourceRows = {
  readonly table: Table | null;
  readonly error: unknown;
  readonly open: (what: Source) => void;
  readonly close: () => void;
};

/** The rows behind a cell's numbers, read when a number is clicked. */
export function useSourceRows(cellId: string): SourceRows {
  const [what, setWhat] = useState<Source | null>(null);
  const rows = useQuery(
    orpc.situation.rows.queryOptions({
      input: { cellId, what: what ?? 'snapshots' },
      enabled: what !== null,
    }),
  );
  return {
    table: what === null ? null : (rows.data ?? null),
    error: what === null ? null : rows.error,
    open: setWhat,
    close: () => setWhat(null),
  };
}

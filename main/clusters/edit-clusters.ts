import { AppError } from '../kernel/errors.ts';
import type { ClusterChange } from './contract/clusters.ts';
import type { ClusterRow } from './queries.ts';
import { rootOf } from './run-groups.ts';
import { nameOf } from './view-clusters.ts';

/** What a user does to groups: the rows that change by it, each with an entry in its history. @param o.at epoch ms */
export function clusterEdits(
  rows: ReadonlyMap<number, ClusterRow>,
  o: { readonly at: number; readonly isShown: (id: number) => boolean },
) {
  const noted = (
    row: ClusterRow,
    { what, detail = null, others = [] }: Pick<ClusterChange, 'what'> & Partial<ClusterChange>,
  ): ClusterRow => ({ ...row, history: [...row.history, { at: o.at, what, detail, others }] });
  const shownRow = (id: number): ClusterRow => {
    const row = rows.get(id);
    if (!row || !o.isShown(id)) throw new AppError('not-found', { what: `cluster ${id}` });
    return row;
  };
  return {
    rename(id: number, name: string | null): ClusterRow[] {
      const given = name?.trim() || null;
      return [noted({ ...shownRow(id), given }, { what: 'renamed', detail: given })];
    },
    pin(id: number, pinned: boolean): ClusterRow[] {
      shownRow(id);
      // all that is merged into it is pinned with it
      return [...rows.values()]
        .filter((row) => rootOf(row.id, rows) === id)
        .map((row) => ({ ...row, pinned }))
        .map((row) => (row.id === id ? noted(row, { what: pinned ? 'pinned' : 'unpinned' }) : row));
    },
    merge(into: number, ids: readonly number[]): ClusterRow[] {
      const target = shownRow(into);
      const parts = ids.filter((id) => id !== into).map((id) => shownRow(id));
      return [
        noted(target, { what: 'merged', others: parts.map(nameOf) }),
        ...parts.map((part) => ({ ...part, mergedInto: into, pinned: target.pinned })),
      ];
    },
    unmerge(clusters: readonly { readonly id: number; readonly pinned: boolean }[]): ClusterRow[] {
      const parts = clusters.map(({ id, pinned }) => {
        const row = rows.get(id);
        if (!row || row.mergedInto === null)
          throw new AppError('not-found', { what: `merged cluster ${id}` });
        return { row, pinned };
      });
      const out = Map.groupBy(parts, ({ row }) => rootOf(row.id, rows));
      return [
        ...[...out].flatMap(([id, taken]) => {
          const root = rows.get(id);
          return root ? [noted(root, { what: 'unmerged', others: taken.map(({ row }) => nameOf(row)) })] : [];
        }),
        ...parts.map(({ row, pinned }) => ({ ...row, mergedInto: null, pinned })),
      ];
    },
  };
}

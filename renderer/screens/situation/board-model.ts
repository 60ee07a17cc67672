import type { RiskLevel, SituationRow } from '../../../main/analytics/contract/situation.ts';

const RANK: Record<RiskLevel, number> = { danger: 0, watch: 1, unknown: 2, ok: 3 };

/** Worst first: risk, then chance, then the nearer deadline. */
export const byUrgency = (a: SituationRow, b: SituationRow): number =>
  RANK[a.risk] - RANK[b.risk] ||
  (a.pOnTime ?? 2) - (b.pOnTime ?? 2) ||
  (a.deadline ?? Number.POSITIVE_INFINITY) - (b.deadline ?? Number.POSITIVE_INFINITY) ||
  a.cellId.localeCompare(b.cellId);

export type BoardLine = {
  readonly businessId: string;
  readonly businessName: string;
  /** one slot per process of the board's columns; null where the site does not work it */
  readonly cells: readonly (SituationRow | null)[];
};
export type SiteBoard = {
  readonly location: string;
  readonly danger: number;
  readonly watch: number;
  readonly backlog: number;
  readonly people: number;
  readonly lines: readonly BoardLine[];
};
export type Board = { readonly processes: readonly string[]; readonly sites: readonly SiteBoard[] };

/** Processes in working order (their sequence in the master data, then by name). */
export const processesOf = (rows: readonly SituationRow[]): string[] => {
  const first = new Map<string, number>();
  for (const row of rows)
    first.set(
      row.process,
      Math.min(first.get(row.process) ?? Number.POSITIVE_INFINITY, row.sequence ?? Number.MAX_SAFE_INTEGER),
    );
  return [...first].sort(([a, x], [b, y]) => x - y || a.localeCompare(b, 'ja')).map(([process]) => process);
};

const groupBy = <K>(rows: readonly SituationRow[], key: (row: SituationRow) => K): Map<K, SituationRow[]> => {
  const groups = new Map<K, SituationRow[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
};

/** Sites with their businesses as lines and the processes as columns; what is most urgent stands on top. */
export const makeBoard = (rows: readonly SituationRow[]): Board => {
  const sorted = rows.toSorted(byUrgency);
  const processes = processesOf(rows);
  const sites = [...groupBy(sorted, (row) => row.location)].map(
    ([location, ofSite]): SiteBoard => ({
      location,
      danger: ofSite.filter((row) => row.risk === 'danger').length,
      watch: ofSite.filter((row) => row.risk === 'watch').length,
      backlog: ofSite.reduce((sum, row) => sum + row.backlog, 0),
      people: ofSite.reduce((sum, row) => sum + row.people, 0),
      lines: [...groupBy(ofSite, (row) => row.businessId)].map(([businessId, ofBusiness]) => ({
        businessId,
        businessName: ofBusiness[0]?.businessName ?? businessId,
        cells: processes.map((process) => ofBusiness.find((row) => row.process === process) ?? null),
      })),
    }),
  );
  return { processes, sites };
};

/** The rows that ask for a decision, worst first. */
export const urgentRows = (rows: readonly SituationRow[]): SituationRow[] =>
  rows.filter((row) => row.risk === 'danger' || row.risk === 'watch').toSorted(byUrgency);

export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End';
/** The next tile for an arrow key: left and right within the line, up and down to the nearest tile of a line that has one. */
export const nextTile = (board: Board, from: string, arrow: Arrow): string => {
  const grid = board.sites.flatMap((site) => site.lines.map((line) => line.cells));
  const row = grid.findIndex((cells) => cells.some((cell) => cell?.cellId === from));
  const cells = grid[row];
  if (!cells) return from;
  const column = cells.findIndex((cell) => cell?.cellId === from);
  const across = (step: 1 | -1): string => {
    for (let c = column + step; c >= 0 && c < cells.length; c += step) {
      const cell = cells[c];
      if (cell) return cell.cellId;
    }
    return from;
  };
  const along = (step: 1 | -1): string => nearest(grid[row + step], column) ?? from;
  switch (arrow) {
    case 'ArrowLeft':
      return across(-1);
    case 'ArrowRight':
      return across(1);
    case 'ArrowUp':
      return along(-1);
    case 'ArrowDown':
      return along(1);
    case 'Home':
      return cells.find((cell) => cell !== null)?.cellId ?? from;
    case 'End':
      return cells.findLast((cell) => cell !== null)?.cellId ?? from;
  }
};
const nearest = (cells: readonly (SituationRow | null)[] | undefined, column: number): string | undefined =>
  cells
    ?.flatMap((cell, c) => (cell ? [{ id: cell.cellId, away: Math.abs(c - column) }] : []))
    .sort((a, b) => a.away - b.away)[0]?.id;

import type { Table } from '../../../main/api/contract/common.ts';
import { formatCell } from '../../../main/api/contract/format.ts';
import type { DayBoard } from '../../../main/placement/contract/day-plan.ts';
import { CATALOGUE } from '../../locales/index.ts';

type ColumnKey = keyof typeof CATALOGUE.board.column;
const column = (key: ColumnKey, kind: Table['columns'][number]['kind']): Table['columns'][number] => ({
  key,
  kind,
  label: CATALOGUE.board.column[key],
});

/** The board as rows: one per person and stretch of time, in the order of the board. */
export function boardTable(board: DayBoard): Pick<Table, 'columns' | 'rows'> {
  const cells = new Map(board.cells.map((cell) => [cell.cellId, formatCell(cell)]));
  return {
    columns: [
      column('person', 'text'),
      column('home', 'text'),
      column('cell', 'text'),
      column('kind', 'text'),
      column('from', 'instant'),
      column('until', 'instant'),
      column('pinned', 'text'),
    ],
    rows: board.people.flatMap((person) =>
      person.bars.map((bar) => ({
        person: person.name,
        home: person.home,
        cell: cells.get(bar.cellId) ?? bar.cellId,
        kind: Object.values(CATALOGUE.board.kind[bar.kind]).join(' / '),
        from: bar.from,
        until: bar.until,
        pinned: bar.pinned && bar.kind === 'loan' ? '●' : '',
      })),
    ),
  };
}

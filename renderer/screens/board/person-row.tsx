import { IconLock, IconPinFilled } from '@tabler/icons-react';
import type { KeyboardEvent, PointerEvent } from 'react';
import type { BoardBar, BoardPerson, DayBoard } from '../../../main/placement/contract/day-plan.ts';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './board.module.css';
import type { Draft } from './loan-edit.ts';

const HOUR = 3_600_000;
const percent = (board: DayBoard, instant: number): number =>
  (100 * (instant - board.from)) / (board.until - board.from);
const span = (board: DayBoard, from: number, until: number): { left: string; width: string } => ({
  left: `${percent(board, from)}%`,
  width: `${percent(board, until) - percent(board, from)}%`,
});
/** Colours enough for the processes of one board; names on the bars carry the meaning. */
const TONES = 8;
export function toneOf(board: DayBoard, cellId: string): number {
  const processes = [...new Set(board.cells.map((cell) => cell.process))];
  const process = board.cells.find((cell) => cell.cellId === cellId)?.process ?? '';
  return processes.indexOf(process) % TONES;
}

export type BarPress = (
  event: PointerEvent<HTMLElement>,
  on: { readonly person: BoardPerson; readonly bar: BoardBar | null },
) => void;
type Props = {
  readonly person: BoardPerson;
  readonly board: DayBoard;
  readonly cellName: (cellId: string) => string;
  readonly active: boolean;
  readonly draft: Draft | null;
  readonly onPointerDown: BarPress;
  /** the one row that Tab reaches */
  readonly reachable: boolean;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
};

/** One person's day. */
export function PersonRow(props: Props) {
  const { person, board, cellName, active, draft, onPointerDown } = props;
  const t = useWords('board');
  const format = useFormat();
  const told = (bar: BoardBar): string =>
    bar.kind === 'way'
      ? t('grid.way')
      : t(`grid.${bar.kind}`, {
          cell: cellName(bar.cellId),
          from: format.time(bar.from),
          until: format.time(bar.until),
        });
  return (
    <tr
      aria-selected={active}
      className={classes['row']}
      data-person={person.operatorId}
      tabIndex={props.reachable ? 0 : -1}
      onFocus={props.onFocus}
      onKeyDown={props.onKeyDown}
    >
      <th scope="row" className={classes['name']} title={`${person.name} ${cellName(person.cellId)}`}>
        {person.able.length === 0 && <IconLock size={12} aria-label={t('grid.locked')} />}
        {person.name}
      </th>
      <td className={classes['lane']} onPointerDown={(event) => onPointerDown(event, { person, bar: null })}>
        {person.bars.map((bar) => (
          <span
            key={`${bar.kind} ${bar.from}`}
            role="img"
            aria-label={told(bar) + (bar.pinned && bar.kind === 'loan' ? ` (${t('pinned')})` : '')}
            title={told(bar)}
            className={classes['bar']}
            data-kind={bar.kind}
            data-tone={toneOf(board, bar.cellId)}
            style={span(board, bar.from, bar.until)}
            onPointerDown={(event) => {
              event.stopPropagation();
              onPointerDown(event, { person, bar });
            }}
          >
            {bar.kind === 'loan' && bar.pinned && <IconPinFilled size={11} aria-hidden />}
            {bar.kind !== 'way' && cellName(bar.cellId)}
          </span>
        ))}
        {person.breaks.map((pause) => (
          <span key={pause.from} className={classes['pause']} style={span(board, pause.from, pause.until)} />
        ))}
        {draft && (
          <span
            className={classes['draft']}
            data-tone={toneOf(board, draft.cellId)}
            style={span(board, draft.from, draft.until)}
          >
            {cellName(draft.cellId)}
          </span>
        )}
      </td>
    </tr>
  );
}

/** The hours above the rows. */
export function TimeAxis({ board }: { readonly board: DayBoard }) {
  const t = useWords('board');
  const format = useFormat();
  const first = Math.ceil(board.from / HOUR) * HOUR;
  const hours = Array.from(
    { length: Math.max(0, Math.ceil((board.until - first) / HOUR)) },
    (_, i) => first + i * HOUR,
  );
  return (
    <tr className={classes['axis']}>
      <th scope="col" className={classes['name']}>
        {t('grid.person')}
      </th>
      <td className={classes['hours']}>
        {hours.map((hour) => (
          <span key={hour} style={{ left: `${percent(board, hour)}%` }}>
            {format.time(hour)}
          </span>
        ))}
      </td>
    </tr>
  );
}

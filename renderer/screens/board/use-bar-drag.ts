import { type PointerEvent, useCallback, useEffect, useRef } from 'react';
import type { BoardBar, BoardPerson, DayBoard } from '../../../main/placement/contract/day-plan.ts';
import { type Draft, loanOf, shiftDraft } from './loan-edit.ts';

/** Less than this many pixels is a click. */
const CLICK_PX = 4;
/** So near to its end, a bar is made longer or shorter instead of moved. */
const EDGE_PX = 7;

type Press = {
  readonly person: BoardPerson;
  readonly loan: Draft | null;
  readonly edge: 'from' | 'until' | null;
  readonly x: number;
  readonly y: number;
  /** ms a pixel */
  readonly scale: number;
  /** the instant under the pointer when it was pressed */
  readonly instant: number;
  draft: Draft | null;
};
type Options = {
  readonly board: DayBoard;
  readonly disabled: boolean;
  /** a click */
  readonly onSelect: (person: BoardPerson, instant: number) => void;
  /** while it is dragged */
  readonly onDraft: (draft: Draft) => void;
  /** let go; `over`: whose row the pointer is on */
  readonly onDrop: (draft: Draft, over: string | undefined) => void;
};

/** Loans are dragged along the time, by their ends, and to other people's rows; a click anywhere selects. */
export function useBarDrag(options: Options) {
  const latest = useRef(options);
  latest.current = options;
  const press = useRef<Press | null>(null);
  useEffect(() => {
    const move = (event: globalThis.PointerEvent): void => {
      const held = press.current;
      const { board, onDraft } = latest.current;
      if (!held?.loan || Math.hypot(event.clientX - held.x, event.clientY - held.y) < CLICK_PX) return;
      const blocks = Math.round(((event.clientX - held.x) * held.scale) / (board.blockMinutes * 60_000));
      const by = {
        from: held.edge === 'until' ? 0 : blocks,
        until: held.edge === 'from' ? 0 : blocks,
      };
      held.draft = shiftDraft(board, held.person, held.loan, by);
      onDraft(held.draft);
    };
    const end = (event: globalThis.PointerEvent): void => {
      const held = press.current;
      press.current = null;
      if (!held) return;
      if (!held.draft) {
        latest.current.onSelect(held.person, held.instant);
        return;
      }
      const under = document.elementFromPoint(event.clientX, event.clientY);
      const over = under?.closest<HTMLElement>('[data-person]')?.dataset['person'];
      latest.current.onDrop(held.draft, over);
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
    return () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
    };
  }, []);
  return useCallback(
    (
      event: PointerEvent<HTMLElement>,
      on: { readonly person: BoardPerson; readonly bar: BoardBar | null },
    ) => {
      if (event.button !== 0) return;
      const { board, disabled } = latest.current;
      const lane = event.currentTarget.closest('td')?.getBoundingClientRect();
      const bar = event.currentTarget.getBoundingClientRect();
      if (!lane) return;
      const scale = (board.until - board.from) / lane.width;
      const edge =
        event.clientX - bar.left < EDGE_PX ? 'from' : bar.right - event.clientX < EDGE_PX ? 'until' : null;
      press.current = {
        person: on.person,
        loan: disabled || on.bar?.kind !== 'loan' ? null : loanOf(on.person),
        edge,
        x: event.clientX,
        y: event.clientY,
        scale,
        instant: board.from + (event.clientX - lane.left) * scale,
        draft: null,
      };
    },
    [],
  );
}

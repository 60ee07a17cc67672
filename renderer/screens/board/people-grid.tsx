import { Checkbox, Group, Text, TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { BoardPerson, DayBoard } from '../../../main/placement/contract/day-plan.ts';
import type { ProposalScope } from '../../../main/placement/contract/placement.ts';
import { Fine, Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './board.module.css';
import { type Draft, draftAt, handOver, shiftDraft, withoutPin, withPin } from './loan-edit.ts';
import { LoanEditor } from './loan-editor.tsx';
import { PersonRow, TimeAxis } from './person-row.tsx';
import { useBarDrag } from './use-bar-drag.ts';

type Pins = ProposalScope['pin'];
type Props = {
  readonly board: DayBoard;
  readonly pins: Pins;
  /** decided: to be looked at only */
  readonly disabled: boolean;
  readonly onPins: (pins: Pins) => void;
  readonly onUndo: (() => void) | null;
  readonly onRedo: (() => void) | null;
};
type Line = { readonly site: string } | { readonly person: BoardPerson };
const ROW_PX = 30;

/** People × time, grouped by site; only the rows in view are in the page, all of them on paper. */
export function PeopleGrid({ board, pins, disabled, onPins, onUndo, onRedo }: Props) {
  const t = useWords('board');
  const format = useFormat();
  const [text, setText] = useState('');
  const [onlyLent, setOnlyLent] = useState(false);
  const [active, setActive] = useState<string | null>(null);
  const [draft, setDraft] = useState<Draft | null>(null);
  /** the person chosen may not be lent anywhere */
  const [nowhere, setNowhere] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const printing = usePrinting();
  useLandscape();
  const cellName = useMemo(() => {
    const names = new Map(board.cells.map((cell) => [cell.cellId, format.cell(cell)]));
    return (id: string): string => names.get(id) ?? id;
  }, [board, format]);
  const people = useMemo(() => {
    const wanted = text.normalize('NFKC').trim().toLowerCase();
    return board.people.filter(
      (person) =>
        (!onlyLent || person.bars.some((bar) => bar.kind === 'loan')) &&
        [person.name, person.operatorId, ...person.bars.map((bar) => cellName(bar.cellId))].some((words) =>
          words.normalize('NFKC').toLowerCase().includes(wanted),
        ),
    );
  }, [board, text, onlyLent, cellName]);
  const lines = useMemo(() => linesOf(board, people), [board, people]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    initialRect: { width: 900, height: 600 },
  });
  const personOf = (id: string | undefined): BoardPerson | undefined =>
    board.people.find((person) => person.operatorId === id);
  const finish = (next: Pins | null): void => {
    setDraft(null);
    if (next) onPins(next);
    focusOn(active);
  };
  const focusOn = (operatorId: string | null): void => {
    requestAnimationFrame(() =>
      box.current?.querySelector<HTMLElement>(`[data-person="${CSS.escape(operatorId ?? '')}"]`)?.focus(),
    );
  };
  const apply = (wanted: Draft): void => finish(withPin(pins, wanted));
  const select = (person: BoardPerson, instant: number): void => {
    setActive(person.operatorId);
    const begun = disabled ? null : draftAt(board, person, instant);
    setDraft(begun);
    setNowhere(!disabled && begun === null);
  };
  const drag = useBarDrag({
    board,
    disabled,
    onSelect: select,
    onDraft: setDraft,
    onDrop: (wanted, over) => {
      const to = personOf(over);
      if (to && to.operatorId !== wanted.operatorId) finish(handOver(board, pins, wanted, to));
      else apply(wanted);
    },
  });
  const step = (by: number): void => {
    const at = people.findIndex((person) => person.operatorId === active);
    const next = people[Math.min(people.length - 1, Math.max(0, at + by))];
    if (!next) return;
    setNowhere(false);
    setActive(next.operatorId);
    virtual.scrollToIndex(
      lines.findIndex((line) => 'person' in line && line.person.operatorId === next.operatorId),
    );
    focusOn(next.operatorId);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const handled = keyAction(event);
    if (!handled) return;
    event.preventDefault();
    event.stopPropagation();
    handled();
  };
  /** What a key does on the board; undefined: nothing. */
  function keyAction(event: KeyboardEvent): (() => void) | undefined {
    if (event.ctrlKey || event.metaKey) {
      if (event.key === 'z') return (event.shiftKey ? onRedo : onUndo) ?? undefined;
      return event.key === 'y' ? (onRedo ?? undefined) : undefined;
    }
    const person = personOf(active ?? undefined);
    if (draft && person) {
      const digit = person.able[Number(event.key) - 1];
      if (digit !== undefined) return () => setDraft({ ...draft, cellId: digit });
      const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (move !== undefined)
        return () =>
          setDraft(shiftDraft(board, person, draft, { from: event.shiftKey ? 0 : move, until: move }));
      if (event.key === 'Enter') return () => apply(draft);
      if (event.key === 'Escape') return () => setDraft(null);
      if (event.key === 'Delete' || event.key === 'Backspace')
        return () => finish([...withoutPin(pins, person.operatorId), stay(person)]);
    }
    if (event.key === 'Enter' && person) return () => select(person, board.from);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12 }[event.key];
    return steps === undefined ? undefined : () => step(steps);
  }
  const reachable = people.some((person) => person.operatorId === active)
    ? active
    : (people[0]?.operatorId ?? null);
  const row = (line: Line | undefined) => {
    if (!line) return null;
    if ('site' in line)
      return (
        <tr key={line.site} className={classes['site']}>
          <th scope="colgroup" colSpan={2}>
            {line.site}
          </th>
        </tr>
      );
    const { operatorId } = line.person;
    return (
      <PersonRow
        key={operatorId}
        person={line.person}
        board={board}
        cellName={cellName}
        active={operatorId === active}
        reachable={operatorId === reachable}
        draft={draft?.operatorId === operatorId ? draft : null}
        onPointerDown={drag}
        onFocus={() => setActive(operatorId)}
        onKeyDown={onKeyDown}
      />
    );
  };
  const selected = personOf(draft?.operatorId);
  const items = virtual.getVirtualItems();
  const shown = printing ? lines : items.map((item) => lines[item.index]);
  const above = printing ? 0 : (items[0]?.start ?? 0);
  const below = printing ? 0 : virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <section>
      <Group gap="md" mb="xs" className="no-print">
        <TextInput
          size="xs"
          w={240}
          aria-label={t('grid.find')}
          placeholder={t('grid.find')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Checkbox
          size="xs"
          label={t('grid.onlyLent')}
          checked={onlyLent}
          onChange={(event) => setOnlyLent(event.currentTarget.checked)}
        />
        <Fine id="board-keys">{t('grid.keys')}</Fine>
      </Group>
      {draft && selected && (
        <LoanEditor
          board={board}
          person={selected}
          draft={draft}
          cellName={cellName}
          isPinned={pins.some((pin) => pin.operatorId === selected.operatorId)}
          onChange={setDraft}
          onApply={() => apply(draft)}
          onBack={() => finish([...withoutPin(pins, selected.operatorId), stay(selected)])}
          onRelease={() => finish(withoutPin(pins, selected.operatorId))}
          onCancel={() => setDraft(null)}
        />
      )}
      {nowhere && (
        <Text size="sm" role="status" mb="xs" className="no-print">
          {t('edit.nowhere')}
        </Text>
      )}
      {people.length === 0 && <Note>{t('grid.noOne')}</Note>}
      <div ref={box} className={classes['box']}>
        <table className={classes['grid']} aria-label={t('grid.label')} aria-rowcount={lines.length + 1}>
          <thead>
            <TimeAxis board={board} />
          </thead>
          <tbody>
            {above > 0 && <tr aria-hidden style={{ height: above }} />}
            {shown.map(row)}
            {below > 0 && <tr aria-hidden style={{ height: below }} />}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const stay = (person: BoardPerson): Pins[number] => ({
  operatorId: person.operatorId,
  cellId: person.cellId,
});

/** The people of each site under its name, in the order of the board. */
function linesOf(board: DayBoard, people: readonly BoardPerson[]): Line[] {
  const site = new Map(board.cells.map((cell) => [cell.cellId, cell.location]));
  const groups = Map.groupBy(people, (person) => site.get(person.cellId) ?? person.home);
  return [...groups].flatMap(([name, own]): Line[] => [
    { site: name },
    ...own.map((person): Line => ({ person })),
  ]);
}

/** The board is wider than high; other screens print upright. A named page would need a block of its own, which the frame is not. */
function useLandscape(): void {
  useEffect(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('@page { size: A4 landscape; margin: 10mm }');
    document.adoptedStyleSheets.push(sheet);
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    };
  }, []);
}

/** True while the page is being printed: rows out of view are then in it too. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const begin = (): void => flushSync(() => setPrinting(true));
    const end = (): void => setPrinting(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return printing;
}

import { Box } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../use-format.ts';
import classes from './board.module.css';
import { type Arrow, type Board as BoardModel, nextTile, type SiteBoard } from './board-model.ts';
import { CellTile } from './cell-tile.tsx';

type Props = {
  readonly board: BoardModel;
  readonly now: number;
  readonly selected: string | null;
  readonly onOpen: (cellId: string) => void;
};
const ARROWS: readonly string[] = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'];
const isArrow = (key: string): key is Arrow => ARROWS.includes(key);
const firstTile = (board: BoardModel): string | null =>
  board.sites[0]?.lines[0]?.cells.find((cell) => cell !== null)?.cellId ?? null;

/** Every site × business × process as tiles. One tab stop; arrows move, Enter opens. */
export function Board({ board, now, selected, onOpen }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const there = board.sites.some((site) =>
    site.lines.some((line) => line.cells.some((cell) => cell?.cellId === focused)),
  );
  const stop = there ? focused : firstTile(board);
  const move = (event: KeyboardEvent): void => {
    if (!stop || !isArrow(event.key)) return;
    event.preventDefault();
    const to = nextTile(board, stop, event.key);
    const tiles = host.current?.querySelectorAll<HTMLElement>('[data-cell]') ?? [];
    [...tiles].find((tile) => tile.dataset['cell'] === to)?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the tiles are buttons; the box only hears their arrow keys
    <div ref={host} onKeyDown={move}>
      {board.sites.map((site) => (
        <Site key={site.location} site={site} processes={board.processes}>
          {(row) => (
            <CellTile
              key={row.cellId}
              row={row}
              now={now}
              selected={row.cellId === selected}
              focusable={row.cellId === stop}
              onOpen={onOpen}
              onFocus={setFocused}
            />
          )}
        </Site>
      ))}
    </div>
  );
}

type SiteProps = {
  readonly site: SiteBoard;
  readonly processes: readonly string[];
  readonly children: (row: NonNullable<SiteBoard['lines'][number]['cells'][number]>) => React.ReactNode;
};
function Site({ site, processes, children }: SiteProps) {
  const { t } = useTranslation('situation');
  const format = useFormat();
  return (
    <section className={classes['site']} aria-label={site.location}>
      <header className={classes['siteHead']}>
        <h3>{site.location}</h3>
        {site.danger > 0 && <span className={classes['bad']}>{t('siteDanger', { count: site.danger })}</span>}
        {site.watch > 0 && (
          <span className={classes['watching']}>{t('siteWatch', { count: site.watch })}</span>
        )}
        <span>{t('siteBacklog', { items: format.number(site.backlog) })}</span>
        <span>{t('sitePeople', { count: site.people })}</span>
      </header>
      <div
        className={classes['grid']}
        style={{ gridTemplateColumns: `minmax(64px, 84px) repeat(${processes.length}, minmax(132px, 1fr))` }}
      >
        <span />
        {processes.map((process) => (
          <Box key={process} component="span" fz={12} c="dimmed" p="0 10px">
            {process}
          </Box>
        ))}
        {site.lines.map((line) => [
          <span key={line.businessId} className={classes['business']}>
            {line.businessName}
            {line.businessName !== line.businessId && <small>{line.businessId}</small>}
          </span>,
          ...line.cells.map((row, column) =>
            row ? (
              children(row)
            ) : (
              <span key={`${line.businessId}-${processes[column]}`} className={classes['hole']} aria-hidden />
            ),
          ),
        ])}
      </div>
    </section>
  );
}

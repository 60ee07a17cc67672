import { Box, Flex, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangleFilled, IconCheck, IconEye, IconUsers } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { UNDER_WAY } from '../../../main/alerts/contract/words.ts';
import type { SituationRow } from '../../../main/analytics/contract/situation.ts';
import { Sparkline } from '../../charts/mini-bars.tsx';
import { OnTimeBar } from '../../ui/bars.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './board.module.css';
import { type Arrow, type Board as BoardModel, nextTile, type SiteBoard } from './board-model.ts';

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
  const t = useWords('situation');
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

type CellTileProps = {
  readonly row: SituationRow;
  readonly now: number;
  readonly selected: boolean;
  readonly focusable: boolean;
  readonly onOpen: (cellId: string) => void;
  readonly onFocus: (cellId: string) => void;
};

/** `1:29`: hours and minutes, either way */
const hoursMinutes = (ms: number): string => {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
};

/** One queue of the board. Quiet while on time; filled and marked with a word when it is not. */
function CellTile({ row, now, selected, focusable, onOpen, onFocus }: CellTileProps) {
  const t = useWords('situation');
  const format = useFormat();
  const late = row.risk === 'danger' || row.risk === 'watch';
  return (
    <button
      type="button"
      className={classes['tile']}
      data-risk={row.risk}
      data-selected={selected || undefined}
      data-cell={row.cellId}
      tabIndex={focusable ? 0 : -1}
      onClick={() => onOpen(row.cellId)}
      onFocus={() => onFocus(row.cellId)}
    >
      <VisuallyHidden>
        {t('tileLabel', {
          cell: format.cell(row),
          risk: t(`risk.${row.risk}`),
          deadline: row.deadline === null ? t('noDeadline') : format.time(row.deadline),
        })}
      </VisuallyHidden>
      <span className={classes['tileTop']}>
        <Box component="span" fz={17} fw={650} lh={1.15} style={{ whiteSpace: 'nowrap' }}>
          {format.number(row.backlog)}
          <small>{t('itemsUnit')}</small>
        </Box>
        <span className={classes['deadline']}>
          {row.deadline === null
            ? t('noDeadlineShort')
            : t(row.deadline >= now ? 'left' : 'over', { time: hoursMinutes(row.deadline - now) })}
        </span>
      </span>
      <span className={classes['tileMiddle']}>
        {late && (
          <span className={classes['riskWord']} aria-hidden>
            {row.risk === 'danger' ? <IconAlertTriangleFilled size={13} /> : <IconEye size={13} />}
            {t(`risk.${row.risk}`)}
          </span>
        )}
        {row.plan && (
          <span className={classes['planned']}>
            <IconCheck size={13} aria-hidden />
            {UNDER_WAY[format.lang]}
          </span>
        )}
        {row.standstillSince === null ? (
          <>
            <VisuallyHidden>{t('column.pOnTime')}</VisuallyHidden>
            <OnTimeBar value={row.pOnTime} risk={row.risk} />
          </>
        ) : (
          <span className={classes['riskWord']}>
            {t('stands', { time: format.time(row.standstillSince) })}
          </span>
        )}
      </span>
      <Flex
        component="span"
        align="center"
        justify="space-between"
        gap={6}
        fz={12}
        style={{ whiteSpace: 'nowrap' }}
      >
        <span>
          {row.throughput === null ? '–' : format.number(row.throughput)}
          {row.required === null ? '' : ` / ${format.number(row.required)}`}
          <small>{t('perHourUnit')}</small>
        </span>
        <span className={classes['people']}>
          <IconUsers size={12} aria-hidden />
          {row.people}
          {row.movedIn > 0 && <em>+{row.movedIn}</em>}
        </span>
        <Sparkline
          values={row.trend.map((point) => point.backlog)}
          label={t('trendLabel')}
          width={46}
          height={16}
          tone={row.risk === 'danger' ? 'danger' : row.risk === 'watch' ? 'watch' : 'calm'}
        />
      </Flex>
    </button>
  );
}

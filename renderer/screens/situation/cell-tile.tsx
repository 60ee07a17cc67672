import { Box, Flex, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangleFilled, IconCheck, IconEye, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SituationRow } from '../../../main/api/contract/situation.ts';
import { UNDER_WAY } from '../../../main/api/contract/words/alerts.ts';
import { Sparkline } from '../../charts/sparkline.tsx';
import { OnTimeBar } from '../../ui/on-time-bar.tsx';
import { useFormat } from '../../use-format.ts';
import classes from './board.module.css';

type Props = {
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
export function CellTile({ row, now, selected, focusable, onOpen, onFocus }: Props) {
  const { t } = useTranslation('situation');
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

import { Box } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CellOutcome, ProposalOutcome } from '../../main/api/contract/placement.ts';
import {
  wordBacklog,
  wordCellOutcome,
  wordCheck,
  wordDeadline,
} from '../../main/api/contract/words/outcomes.ts';
import { BandBar } from '../ui/band-bar.tsx';
import { TimeText } from '../ui/time-text.tsx';
import { useFormat } from '../use-format.ts';
import classes from './outcome.module.css';

const TONE = { 'as-predicted': 'ok', better: 'ok', worse: 'watch', 'not-measurable': 'plain' } as const;

/** Every check of a decision: the predicted backlog as a range, the one that came as a point, and the verdict in words. */
export function OutcomeTable({ outcome }: { readonly outcome: ProposalOutcome }) {
  const { t } = useTranslation('history');
  const format = useFormat();
  const measured = outcome.checks.flatMap(({ cells }) => cells ?? []);
  const scale = (cellId: string): number =>
    Math.max(
      1,
      ...measured
        .filter(({ cell }) => cell.cellId === cellId)
        .map(({ predicted, actual }) => Math.max(predicted.high, actual ?? 0)),
    );
  return (
    <Box style={{ overflowX: 'auto' }}>
      <table className={classes['table']} aria-label={t('outcome.table')}>
        <thead>
          <tr>
            <th scope="col">{t('outcome.column.when')}</th>
            <th scope="col">{t('outcome.column.cell')}</th>
            <th scope="col">
              {t('outcome.column.bar')}
              <small>{t('outcome.legend')}</small>
            </th>
            <th scope="col">{t('outcome.column.backlog')}</th>
            <th scope="col">{t('outcome.column.verdict')}</th>
          </tr>
        </thead>
        <tbody>
          {outcome.checks.flatMap((check) =>
            (check.cells ?? []).map((cell, i, cells) => (
              <tr key={`${check.kind}-${check.at}-${cell.cell.cellId}`}>
                {i === 0 && (
                  <td rowSpan={cells.length} className={classes['when']}>
                    <TimeText
                      at={check.at}
                      kind={format.date(check.at) === format.date(outcome.decidedAt) ? 'time' : 'dateTime'}
                    />
                    <small>{wordCheck(check, format.lang)}</small>
                  </td>
                )}
                <Compared cell={cell} max={scale(cell.cell.cellId)} />
              </tr>
            )),
          )}
        </tbody>
      </table>
    </Box>
  );
}

function Compared({ cell, max }: { readonly cell: CellOutcome; readonly max: number }) {
  const { t: p } = useTranslation('proposals');
  const format = useFormat();
  const deadline = wordDeadline(cell, format.lang);
  const backlog = wordBacklog(cell, format.lang);
  const tone = cell.deadline?.met === false ? 'danger' : TONE[cell.verdict];
  return (
    <>
      <th scope="row">
        {format.cell(cell.cell)}
        <small>{p(`effects.roles.${cell.role}`)}</small>
      </th>
      <td className={classes['bar']}>
        <BandBar {...cell.predicted} actual={cell.actual} max={max} tone={tone} label={backlog} />
      </td>
      <td className={classes['items']}>{backlog}</td>
      <td>
        <span className={classes['verdict']} data-tone={TONE[cell.verdict]}>
          {wordCellOutcome(cell, format.lang)}
        </span>
        {deadline !== null && (
          <span className={classes['deadline']} data-late={cell.deadline?.met === false || undefined}>
            {deadline}
          </span>
        )}
      </td>
    </>
  );
}

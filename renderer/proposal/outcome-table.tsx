import { useTranslation } from 'react-i18next';
import type { CellOutcome, OutcomeCheck, ProposalOutcome } from '../../main/api/contract/placement.ts';
import {
  wordBacklog,
  wordCellOutcome,
  wordCheck,
  wordDeadline,
} from '../../main/api/contract/words-outcomes.ts';
import { BandBar } from '../ui/band-bar.tsx';
import { TimeText } from '../ui/time-text.tsx';
import { useFormat } from '../use-format.ts';
import classes from './outcome.module.css';

const TONE = { 'as-predicted': 'ok', better: 'ok', worse: 'watch', 'not-measurable': 'plain' } as const;

/** Every check of a decision: the predicted backlog as a range, the one that came as a point, and the verdict in words. */
export function OutcomeTable({ outcome }: { readonly outcome: ProposalOutcome }) {
  const { t } = useTranslation('history');
  const rows = outcome.checks.flatMap((check) => (check.cells ?? []).map((cell) => ({ check, cell })));
  const scale = (cellId: string): number =>
    Math.max(
      1,
      ...rows
        .filter(({ cell }) => cell.cell.cellId === cellId)
        .map(({ cell }) => Math.max(cell.predicted.high, cell.actual ?? 0)),
    );
  return (
    <div className={classes['scrollX']}>
      <table className={classes['table']} aria-label={t('outcome.table')}>
        <thead>
          <tr>
            <th scope="col">{t('outcome.column.when')}</th>
            <th scope="col">{t('outcome.column.cell')}</th>
            <th scope="col">{t('outcome.column.bar')}</th>
            <th scope="col">{t('outcome.column.backlog')}</th>
            <th scope="col">{t('outcome.column.verdict')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ check, cell }) => (
            <Row
              key={`${check.kind}-${check.at}-${cell.cell.cellId}`}
              check={check}
              cell={cell}
              max={scale(cell.cell.cellId)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = { readonly check: OutcomeCheck; readonly cell: CellOutcome; readonly max: number };
function Row({ check, cell, max }: RowProps) {
  const { t: p } = useTranslation('proposals');
  const format = useFormat();
  const deadline = wordDeadline(cell, format.lang);
  const backlog = wordBacklog(cell, format.lang);
  return (
    <tr>
      <td className={classes['when']}>
        <TimeText at={check.at} />
        <small>{wordCheck(check, format.lang)}</small>
      </td>
      <th scope="row">
        {format.cell(cell.cell)}
        <small>{p(`effects.roles.${cell.role}`)}</small>
      </th>
      <td className={classes['bar']}>
        <BandBar
          {...cell.predicted}
          actual={cell.actual}
          max={max}
          tone={TONE[cell.verdict]}
          label={backlog}
        />
      </td>
      <td className={classes['items']}>{backlog}</td>
      <td>
        <span className={classes['verdict']} data-tone={TONE[cell.verdict]}>
          {wordCellOutcome(cell, format.lang)}
        </span>
        {deadline !== null && (
          <small data-tone={cell.deadline?.met === false ? 'danger' : undefined}>{deadline}</small>
        )}
      </td>
    </tr>
  );
}

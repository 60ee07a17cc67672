import { Anchor, Box, Flex } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconHourglass, IconTrendingDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import {
  wordBacklog,
  wordCellOutcome,
  wordCheck,
  wordDeadline,
  wordOutcome,
} from '../../main/placement/contract/outcome-words.ts';
import type { CellOutcome, ProposalOutcome } from '../../main/placement/contract/placement.ts';
import { orpc, useNow } from '../engine-hooks.ts';
import { href } from '../router.ts';
import { BandBar } from '../ui/bars.tsx';
import { TimeText } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import classes from './outcome.module.css';

const TONE = { 'as-predicted': 'ok', better: 'ok', worse: 'watch', 'not-measurable': 'plain' } as const;

/** Every check of a decision: the predicted backlog as a range, the one that came as a point, and the verdict in words. */
export function OutcomeTable({ outcome }: { readonly outcome: ProposalOutcome }) {
  const t = useWords('history');
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
  const p = useWords('proposals');
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

const ICON = {
  plain: IconHourglass,
  ok: IconCircleCheck,
  watch: IconTrendingDown,
  danger: IconAlertTriangle,
};
const MINUTE = 60_000;

/** What became of an approved proposal so far, in a sentence. */
export function OutcomeSummary({ outcome }: { readonly outcome: ProposalOutcome }) {
  const { lang, zone } = useFormat();
  const { tone, text } = wordOutcome(outcome, { lang, zone, now: useNow(MINUTE) });
  const Icon = ICON[tone];
  return (
    <span className={classes['summary']} data-tone={tone}>
      <Icon size={16} aria-hidden />
      {text}
    </span>
  );
}

/** The same on a proposal's card, with the way to the comparison. Nothing before there is an approval. */
export function OutcomeLine({ proposalId }: { readonly proposalId: string }) {
  const t = useWords('history');
  const outcomes = useQuery(orpc.placement.outcomes.queryOptions({ input: { proposalId, limit: 1 } }));
  const outcome = outcomes.data?.outcomes[0];
  if (!outcome) return null;
  return (
    <Flex wrap="wrap" align="baseline" gap="4px 12px" mt={6} fz={13}>
      <b>{t('outcome.label')}</b>
      <OutcomeSummary outcome={outcome} />
      {outcome.checks.some(({ cells }) => cells !== null) && (
        <Anchor size="sm" href={href('history', 'outcomes', { proposal: proposalId })}>
          {t('outcome.compare')}
        </Anchor>
      )}
    </Flex>
  );
}

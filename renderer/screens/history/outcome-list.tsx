import { Anchor, Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { RATES, wordRateName } from '../../../main/placement/contract/outcome-words.ts';
import type {
  HitRate,
  Outcomes,
  Proposal,
  ProposalOutcome,
} from '../../../main/placement/contract/placement.ts';
import { orpc } from '../../engine-hooks.ts';
import { headlineOf } from '../../proposal/headline.ts';
import { OutcomeSummary, OutcomeTable } from '../../proposal/outcome-table.tsx';
import { href, navigate, replaceRoute, useRoute } from '../../router.ts';
import { BandBar } from '../../ui/bars.tsx';
import { StatTile } from '../../ui/stat-tile.tsx';
import { EmptyState, Pending } from '../../ui/states.tsx';
import { Fine } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './outcome-list.module.css';

/** Was it right? How often predictions held, then every approved proposal against what came. */
export function OutcomeList() {
  const t = useWords('history');
  const { query } = useRoute();
  const wanted = query['proposal'];
  const outcomes = useQuery(
    orpc.placement.outcomes.queryOptions({
      input: wanted ? { proposalId: wanted, limit: 1 } : { limit: 100 },
    }),
  );
  const views = useQuery(orpc.placement.list.queryOptions({ input: { limit: 500 } }));
  if (!outcomes.isSuccess) return <Pending of={outcomes} />;
  const { outcomes: list, rates } = outcomes.data;
  if (list.length === 0 && !wanted)
    return (
      <EmptyState
        kind="never"
        title={t('outcome.empty.title')}
        text={t('outcome.empty.text')}
        action={{ label: t('empty.go'), onClick: () => navigate('proposals') }}
      />
    );
  const firstMeasured = list.findIndex(isMeasured);
  const proposals = new Map((views.data ?? []).map(({ proposal }) => [proposal.id, proposal]));
  return (
    <>
      <Rates rates={rates} />
      {wanted && (
        <Button
          size="compact-sm"
          variant="default"
          mb="sm"
          onClick={() => replaceRoute('history', 'outcomes')}
        >
          {t('outcome.showAll')}
        </Button>
      )}
      {list.length === 0 && (
        <EmptyState kind="no-result" title={t('outcome.empty.none')} text={t('outcome.empty.noneText')} />
      )}
      {list.map((outcome, i) => (
        <OutcomeCard
          key={outcome.decisionId}
          outcome={outcome}
          unfolded={i === firstMeasured}
          proposal={proposals.get(outcome.proposalId) ?? null}
        />
      ))}
    </>
  );
}

function Rates({ rates }: { readonly rates: Outcomes['rates'] }) {
  const t = useWords('history');
  const { lang } = useFormat();
  return (
    <section className={classes['rates']} aria-label={t('outcome.rates')}>
      {RATES.map((kind) => (
        <StatTile
          key={kind}
          label={wordRateName(kind, lang)}
          value={<RateValue rate={rates[kind]} />}
          hint={<RateHint rate={rates[kind]} />}
        />
      ))}
    </section>
  );
}
function RateValue({ rate: { hits, of } }: { readonly rate: HitRate }) {
  const t = useWords('history');
  const format = useFormat();
  if (of === 0) return <>–</>;
  return <>{t('outcome.rate', { hits: format.number(hits), of: format.number(of) })}</>;
}
/** The share is what is known of it: with few cases the range stays wide. */
function RateHint({ rate }: { readonly rate: HitRate }) {
  const t = useWords('history');
  const format = useFormat();
  if (rate.of === 0) return <>{t('outcome.noCases')}</>;
  const text = t('outcome.estimate', {
    estimate: format.percent(rate.estimate),
    low: format.percent(rate.low),
    high: format.percent(rate.high),
  });
  return (
    <>
      {text}
      <BandBar
        low={rate.low}
        mean={rate.estimate}
        high={rate.high}
        actual={null}
        max={1}
        tone="plain"
        label={text}
      />
    </>
  );
}

const isMeasured = ({ checks }: ProposalOutcome): boolean => checks.some(({ cells }) => cells !== null);

type CardProps = {
  readonly outcome: ProposalOutcome;
  /** null when the proposal is older than the list */
  readonly proposal: Proposal | null;
  /** shows its comparison from the start */
  readonly unfolded: boolean;
};
function OutcomeCard({ outcome, proposal, unfolded }: CardProps) {
  const t = useWords('history');
  const p = useWords('proposals');
  const format = useFormat();
  const [open, setOpen] = useState(unfolded);
  return (
    <article className={classes['card']} aria-label={outcome.proposalId}>
      <header>
        <Anchor href={href('proposals', outcome.proposalId)} fw={600}>
          {proposal ? headlineOf(proposal, p, format) : outcome.proposalId}
        </Anchor>
        <Fine>
          {t('outcome.approvedAt', { time: format.dateTime(outcome.decidedAt) })}
          {outcome.undone && ` ${t('outcome.undone')}`}
        </Fine>
        <Text size="sm" component="div">
          <OutcomeSummary outcome={outcome} />
        </Text>
      </header>
      {isMeasured(outcome) && !open && (
        <div>
          <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
            {t('outcome.compare')}
          </Button>
        </div>
      )}
      {isMeasured(outcome) && open && <OutcomeTable outcome={outcome} />}
    </article>
  );
}

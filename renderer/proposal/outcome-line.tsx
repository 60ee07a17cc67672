import { Anchor, Flex } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconHourglass, IconTrendingDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ProposalOutcome } from '../../main/api/contract/placement.ts';
import { wordOutcome } from '../../main/api/contract/words/outcomes.ts';
import { orpc, useNow } from '../engine-hooks.ts';
import { href } from '../router.ts';
import { useFormat } from '../use-format.ts';
import classes from './outcome.module.css';

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
  const { t } = useTranslation('history');
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

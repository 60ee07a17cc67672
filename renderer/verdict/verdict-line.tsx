import { Anchor, Flex } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Verdict } from '../../main/api/contract/timeline.ts';
import { orpc } from '../engine-hooks.ts';
import { useFormat } from '../use-format.ts';
import { VerdictBadge } from './verdict-badge.tsx';
import { timelineHref, VerdictCard } from './verdict-card.tsx';

/** The verdict in one line, with the way to its evidence. */
export function VerdictLine({ verdict }: { readonly verdict: Verdict }) {
  const { t } = useTranslation('verdict');
  const format = useFormat();
  return (
    <Flex component="p" wrap="wrap" align="center" gap="4px 10px" m="8px 0 12px" fz={13}>
      <VerdictBadge sides={verdict.sides} />
      <span>{format.pick(verdict.words)}</span>
      <Anchor size="sm" href={timelineHref(verdict)}>
        {t('openTimeline')}
      </Anchor>
    </Flex>
  );
}

/** For what was made for an alert: the verdict the alert carries, where it has one. */
export function VerdictOfAlert({ alertId }: { readonly alertId: string }) {
  const verdict = useQuery(orpc.alerts.get.queryOptions({ input: { id: alertId } })).data?.verdict;
  return verdict ? <VerdictLine verdict={verdict} /> : null;
}

/**
 * The verdict of a queue as things stand now, the same wherever it is shown; until it is there the one known `before`, if any. Says nothing
 * without either: it only adds to what is shown already.
 */
export function VerdictOfCell({
  cellId,
  before = null,
}: {
  readonly cellId: string;
  readonly before?: Verdict | null;
}) {
  const now = useQuery(orpc.timeline.verdict.queryOptions({ input: { cellId } })).data;
  const verdict = now ?? before;
  return verdict ? <VerdictCard verdict={verdict} first={3} /> : null;
}

import { Anchor, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { wordUnderWay } from '../../main/alerts/contract/words.ts';
import type { PlanUnderWay as Plan } from '../../main/api/contract/common.ts';
import { href } from '../router.ts';
import { useFormat } from '../use-format.ts';

/** Handled, but not over: the approved plan, and when what came of it is looked at next. Nothing without one. */
export function PlanUnderWay({ plan }: { readonly plan: Plan | null }) {
  const format = useFormat();
  if (!plan) return null;
  return (
    <Text size="sm" c="var(--ok-text)" my={6} data-plan={plan.proposalId}>
      <IconCheck size={14} aria-hidden style={{ verticalAlign: 'text-bottom' }} />{' '}
      <Anchor href={href('proposals', plan.proposalId)} inherit>
        {wordUnderWay(plan, { lang: format.lang, time: format.time })}
      </Anchor>
    </Text>
  );
}

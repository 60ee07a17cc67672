import { Anchor, Button, Group, Loader, Text } from '@mantine/core';
import { IconCheck, IconHourglassEmpty, IconSparkles, IconUsersMinus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Alert } from '../../../main/alerts/contract/alerts.ts';
import { wordAnswer } from '../../../main/alerts/contract/words.ts';
import type { Proposal } from '../../../main/placement/contract/placement.ts';
import { orpc } from '../../engine-hooks.ts';
import { canApprove, useDecide } from '../../proposal/use-decide.ts';
import { ErrorState } from '../../ui/states.tsx';
import { KeyHint } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './alerts.module.css';

/** What was worked out for an alert, in one sentence, with the one button (and key) it takes; nothing for alerts without an answer. */
export function AlertAnswer({ alert }: { readonly alert: Alert }) {
  const t = useWords('alerts');
  const format = useFormat();
  const { answer, proposalId } = alert;
  const live = alert.closedAt === null;
  const view = useQuery(
    orpc.placement.get.queryOptions({ input: { id: proposalId ?? '' }, enabled: proposalId !== null }),
  ).data;
  if (!answer || (!live && proposalId === null)) return null;
  if (answer.kind === 'solving')
    return live ? <Line icon={<Loader size={18} />} tone="calm" title={t('answer.solving')} /> : null;
  const words = wordAnswer(answer, format.lang) ?? '';
  if (answer.kind === 'no-move')
    return live ? (
      <Line
        icon={<IconUsersMinus size={20} aria-hidden />}
        tone="watch"
        title={t('answer.none')}
        text={words}
      />
    ) : null;
  if (!view) return <Line icon={<IconSparkles size={20} aria-hidden />} tone="calm" title={words} />;
  return <Solved proposal={view.proposal} words={words} live={live} />;
}

type SolvedProps = { readonly proposal: Proposal; readonly words: string; readonly live: boolean };
function Solved({ proposal, words, live }: SolvedProps) {
  const t = useWords('alerts');
  const decide = useDecide(proposal);
  if (proposal.status !== 'open' && proposal.status !== 'superseded')
    return (
      <Line
        icon={<IconCheck size={20} aria-hidden />}
        tone={proposal.status === 'approved' ? 'ok' : 'calm'}
        title={t(`answer.${proposal.status}`)}
        text={words}
      />
    );
  if (!live || !canApprove(proposal))
    return (
      <Line
        icon={<IconHourglassEmpty size={20} aria-hidden />}
        tone="watch"
        title={t('answer.expired')}
        text={live ? t('answer.again') : words}
      />
    );
  return (
    <>
      <Line icon={<IconSparkles size={20} aria-hidden />} tone="info" title={words}>
        <Button
          leftSection={<IconCheck size={16} />}
          rightSection={<KeyHint keys="A" />}
          loading={decide.busy}
          onClick={decide.approve}
        >
          {t('answer.approve')}
        </Button>
        <Anchor
          component="button"
          size="sm"
          onClick={() => document.getElementById(proposal.id)?.scrollIntoView({ block: 'start' })}
        >
          {t('answer.who')}
        </Anchor>
      </Line>
      <ErrorState error={decide.error} />
    </>
  );
}

type LineProps = {
  readonly icon: ReactNode;
  readonly tone: 'info' | 'ok' | 'watch' | 'calm';
  readonly title: string;
  readonly text?: string;
  readonly children?: ReactNode;
};
function Line({ icon, tone, title, text, children }: LineProps) {
  return (
    <div className={classes['answer']} data-tone={tone} role="status">
      {icon}
      <div>
        <b>{title}</b>
        {text && <Text size="sm">{text}</Text>}
      </div>
      {children && (
        <Group gap={14} wrap="nowrap">
          {children}
        </Group>
      )}
    </div>
  );
}

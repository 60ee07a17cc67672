import { Button, Group, Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowsSplit2,
  IconCheck,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconClockPause,
  IconDatabaseImport,
  IconDatabaseOff,
  IconLoader2,
  IconMathFunction,
  IconReplace,
  IconX,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import {
  type Badge,
  type Decision,
  isAssumed,
  type Proposal,
} from '../../main/placement/contract/placement.ts';
import { wordBadge } from '../../main/placement/contract/words.ts';
import { orpc } from '../engine-hooks.ts';
import { fromErrorData } from '../errors.ts';
import { ErrorState, Failed } from '../ui/states.tsx';
import { Fine, Note, Strong } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import classes from './proposal.module.css';

const ICON = {
  optimal: IconCircleCheck,
  gap: IconMathFunction,
  searched: IconMathFunction,
  'time-limit': IconClockPause,
  greedy: IconAlertTriangle,
  cancelled: IconClockPause,
  'nothing-needed': IconCircleCheck,
  'no-move-helps': IconAlertTriangle,
};
const SURE: readonly Badge['kind'][] = ['optimal', 'gap', 'searched', 'nothing-needed'];

/** How good the plan is and how that is known; the explanation is one click away. */
export function BadgeChip({ badge }: { readonly badge: Badge }) {
  const t = useWords('proposals');
  const { lang } = useFormat();
  const Icon = ICON[badge.kind];
  return (
    <Popover width={320} withArrow shadow="md" position="bottom-start">
      <Popover.Target>
        <UnstyledButton
          className={classes['chip']}
          data-tone={SURE.includes(badge.kind) ? 'ok' : 'watch'}
          aria-label={`${t('badge.title')}: ${wordBadge(badge, lang)}`}
        >
          <Icon size={14} aria-hidden />
          {wordBadge(badge, lang)}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={6}>
          <Strong>{t('badge.title')}</Strong>
          <Text size="sm">{t(`badge.${badge.kind}`)}</Text>
          {badge.mode !== 'none' && <Text size="sm">{t(`badge.${badge.mode}`)}</Text>}
          {badge.incumbents > 1 && <Note>{t('badge.incumbents', { count: badge.incumbents })}</Note>}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

const STATUS_CHIP_ICON = {
  open: IconCircleDashed,
  approved: IconCheck,
  rejected: IconX,
  superseded: IconReplace,
  undone: IconArrowBackUp,
};
const TONE = { open: 'info', approved: 'ok', rejected: 'plain', superseded: 'plain', undone: 'watch' };

/** Where the decision stands; nothing for an open plan without a move: there is nothing to decide. */
export function StatusChip({ of }: { readonly of: Pick<Proposal, 'status' | 'moves' | 'scope'> }) {
  const t = useWords('proposals');
  const { status, moves } = of;
  if (status === 'open' && isAssumed(of))
    return (
      <span className={classes['chip']} data-tone="watch">
        <IconArrowsSplit2 size={14} aria-hidden />
        {t('assumed.chip')}
      </span>
    );
  if (status === 'open' && moves.length === 0) return null;
  const Icon = STATUS_CHIP_ICON[status];
  return (
    <span className={classes['chip']} data-tone={TONE[status]}>
      <Icon size={14} aria-hidden />
      {t(`status.${status}`)}
    </span>
  );
}

const WRITE_BACK_CHIP_ICON = {
  waiting: IconClock,
  writing: IconLoader2,
  confirmed: IconDatabaseImport,
  failed: IconAlertTriangle,
  'not-configured': IconDatabaseOff,
};
const WRITE_BACK_CHIP_TONE = {
  waiting: 'watch',
  writing: 'watch',
  confirmed: 'ok',
  failed: 'danger',
  'not-configured': 'plain',
};

/** Whether a decision has reached the company's approval table. "Not yet written" until the row is confirmed. */
export function WriteBackChip({ decision }: { readonly decision: Decision }) {
  const t = useWords('proposals');
  const format = useFormat();
  const retry = useMutation(orpc.approvals.retry.mutationOptions());
  const undo = useMutation(orpc.approvals.undo.mutationOptions());
  const keep = useMutation(orpc.approvals.keep.mutationOptions());
  const { state, attempts, confirmedAt, error } = decision.writeBack;
  const isTaken = state === 'failed' && error?.code === 'approval.taken';
  const decisionId = decision.id;
  const Icon = WRITE_BACK_CHIP_ICON[state];
  const open = state === 'waiting' || state === 'writing' || state === 'failed';
  return (
    <Popover width={360} withArrow shadow="md" position="bottom-start">
      <Popover.Target>
        <UnstyledButton
          className={classes['chip']}
          data-tone={WRITE_BACK_CHIP_TONE[state]}
          // the row of a table that it may stand in opens something else
          onClick={(event) => event.stopPropagation()}
        >
          <Icon size={14} aria-hidden />
          {t(`writeBack.${state}`)}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown onClick={(event) => event.stopPropagation()}>
        <Stack gap="xs" align="flex-start">
          <Text size="sm">
            {confirmedAt !== null
              ? t('writeBack.confirmedAt', { time: format.dateTime(confirmedAt) })
              : t(state === 'not-configured' ? 'writeBack.notConfigured' : 'writeBack.pending')}
          </Text>
          {open && attempts > 0 && <Fine>{t('writeBack.attempts', { count: attempts })}</Fine>}
          {error && <ErrorState error={fromErrorData(error)} />}
          <Failed of={retry} />
          <Failed of={undo} />
          <Failed of={keep} />
          {isTaken && (
            <Group gap="xs">
              <Button size="compact-sm" loading={undo.isPending} onClick={() => undo.mutate({ decisionId })}>
                {t('writeBack.undo')}
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                loading={keep.isPending}
                onClick={() => keep.mutate({ decisionId })}
              >
                {t('writeBack.keep')}
              </Button>
            </Group>
          )}
          {open && !isTaken && (
            <Button size="compact-sm" loading={retry.isPending} onClick={() => retry.mutate({})}>
              {t('writeBack.retry')}
            </Button>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

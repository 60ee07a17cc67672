import { Box, Button, Group, Text } from '@mantine/core';
import { IconArrowBackUp, IconArrowsSplit2, IconServerBolt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { wordRuleRate, wordSiteRate } from '../../main/placement/contract/outcome-words.ts';
import { type Decision, isAssumed, type Proposal } from '../../main/placement/contract/placement.ts';
import { wordConstraint } from '../../main/placement/contract/words.ts';
import { orpc, useNow } from '../engine-hooks.ts';
import { Fine } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import { WriteBackChip } from './chips.tsx';
import classes from './proposal.module.css';
import { useChangeWords } from './use-change-words.ts';

/** What a plan supposes though it is not the case, and the way to one that can be approved. */
export function Assumed({
  proposal,
  onReal,
}: {
  readonly proposal: Proposal;
  /** solves for the situation as it is, with the moves of this plan pinned; null while that cannot be */
  readonly onReal: (() => void) | null;
}) {
  const t = useWords('proposals');
  const words = useChangeWords();
  if (!isAssumed(proposal)) return null;
  return (
    <div className={classes['stale']} role="status">
      <IconArrowsSplit2 size={20} aria-hidden />
      <div>
        <b>{t('assumed.title')}</b>
        <Box component="ul" m="2px 0 4px" pl="1.3em">
          {proposal.scope.assume?.map((change) => (
            <li key={JSON.stringify(change)}>{words(change)}</li>
          ))}
        </Box>
        <Text size="sm">{t('assumed.text')}</Text>
      </div>
      {onReal && (
        <Button size="compact-sm" onClick={onReal}>
          {t('assumed.action')}
        </Button>
      )}
    </div>
  );
}

/** So many processes are named, the others counted: a system that is down may stop them all. */
const NAMED = 3;

/** Which processes stand still, so that nobody's move makes them faster, and which ones the plan helps all the same. */
export function Standstill({ proposal }: { readonly proposal: Proposal }) {
  const t = useWords('proposals');
  const format = useFormat();
  const { standstills = [], moves } = proposal;
  if (proposal.status !== 'open' || standstills.length === 0) return null;
  const listed = (cells: readonly Parameters<typeof format.cell>[0][]): string => {
    const names = cells.slice(0, NAMED).map((cell) => format.cell(cell));
    const rest = cells.length - names.length;
    return format.list(rest > 0 ? [...names, t('standstill.more', { count: rest })] : names);
  };
  const still = new Set(standstills.map(({ cell }) => cell.cellId));
  const targets = [...new Map(moves.map(({ to }) => [to.cellId, to])).values()];
  const helped = targets.filter(({ cellId }) => !still.has(cellId));
  const waiting = targets.filter(({ cellId }) => still.has(cellId));
  return (
    <div className={classes['standstill']} role="note">
      <IconServerBolt size={20} aria-hidden />
      <div>
        <b>
          {t('standstill.title', {
            cells: listed(standstills.map(({ cell }) => cell)),
            time: format.time(Math.min(...standstills.map(({ since }) => since))),
          })}
        </b>
        <Text size="sm">{t('standstill.text')}</Text>
        {helped.length > 0 && <Text size="sm">{t('standstill.helped', { cells: listed(helped) })}</Text>}
        {waiting.length > 0 && <Text size="sm">{t('standstill.waiting', { cells: listed(waiting) })}</Text>}
      </div>
    </div>
  );
}

/** How often proposals for these sites, and moves against these soft rules, came out as promised so far. */
export function HitRateLine({ moves }: Pick<Proposal, 'moves'>) {
  const { lang } = useFormat();
  const outcomes = useQuery(orpc.placement.outcomes.queryOptions({ input: { limit: 1 } }));
  const rules = useQuery(orpc.placement.rules.queryOptions());
  const lookup = useQuery(orpc.system.lookup.queryOptions());
  if (!outcomes.data || moves.length === 0) return null;
  const { sites, rules: rates } = outcomes.data;
  const locations = [...new Set(moves.map((move) => move.to.location))];
  const against = [...new Set(moves.flatMap((move) => move.against ?? []))];
  const businessOf = (id: string): string => lookup.data?.businesses.find((b) => b.id === id)?.name ?? id;
  const aboutRules = against.flatMap((id) => {
    const rule = rules.data?.rules.constraints.find((constraint) => constraint.id === id);
    const rate = rates.find(({ ruleId }) => ruleId === id)?.rate;
    return rule && rate ? (wordRuleRate(wordConstraint(rule, lang, businessOf), rate, lang) ?? []) : [];
  });
  const lines = [
    ...locations.map((location) =>
      wordSiteRate(location, sites.find((site) => site.location === location)?.rate, lang),
    ),
    ...aboutRules,
  ];
  return (
    <div>
      {lines.map((line) => (
        <Fine key={line}>{line}</Fine>
      ))}
    </div>
  );
}

type Props = {
  readonly decision: Decision;
  readonly busy: boolean;
  readonly onUndo: () => void;
};
const clock = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** Who decided what and when, why, whether it has been written back, and for how long it can be undone. */
export function DecisionLine({ decision, busy, onUndo }: Props) {
  const t = useWords('proposals');
  const format = useFormat();
  const now = useNow();
  const left = decision.undoUntil === null ? 0 : decision.undoUntil - now;
  return (
    <Group gap="sm">
      <Text size="sm">
        {t(`decided.${decision.action}`, {
          actor: decision.actor || t('decided.nobody'),
          time: format.dateTime(decision.at),
        })}
        {decision.reasonCode !== null && `: ${t(`reject.reasons.${decision.reasonCode}`)}`}
        {decision.undoes === null && decision.reasonText && ` – ${decision.reasonText}`}
      </Text>
      <WriteBackChip decision={decision} />
      {left > 0 && (
        <Group gap="xs" className="no-print">
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconArrowBackUp size={14} />}
            loading={busy}
            onClick={onUndo}
          >
            {t('act.undo')}
          </Button>
          <Fine role="timer">{t('act.undoLeft', { time: clock(left) })}</Fine>
        </Group>
      )}
    </Group>
  );
}

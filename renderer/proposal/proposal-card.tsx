import { Anchor, Box, Button, Group, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconRefreshAlert } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { wordLowest, wordPlanOf } from '../../main/placement/contract/day-words.ts';
import { isAssumed, type Proposal, type ProposalView } from '../../main/placement/contract/placement.ts';
import { orpc, useNow } from '../engine-hooks.ts';
import { href, navigate } from '../router.ts';
import { EmptyState, ErrorState, Failed, Loading } from '../ui/states.tsx';
import { Note } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';
import { VerdictOfAlert } from '../verdict/verdict.tsx';
import { useWords } from '../words.ts';
import { ActionBar, type Acts, type Panel, RejectDialog } from './action-bar.tsx';
import { BadgeChip, StatusChip } from './chips.tsx';
import { EffectsTable } from './effects-table.tsx';
import { headlineOf } from './headline.ts';
import { ImpactStrip } from './impact-strip.tsx';
import { type Choice, ModifyPanel } from './modify-panel.tsx';
import { MoveSlips } from './move-slips.tsx';
import { MovesList } from './moves-list.tsx';
import { OutcomeLine } from './outcome-table.tsx';
import classes from './proposal.module.css';
import { Assumed, DecisionLine, HitRateLine, Standstill } from './proposal-notes.tsx';
import { SimulationPanel } from './simulation-panel.tsx';
import { SolveProgress } from './solve-progress.tsx';
import { canApprove, type Focus, isOver, useAskedFocus, useDecide, useKeys } from './use-decide.ts';
import { type Solve, useSolve } from './use-solve.ts';
import { NotPossible, WhyNotPanel } from './why-not-panel.tsx';

const SETTLE_MS = 1500;

type Props = {
  readonly id: string;
  /** the letters A, R, M and S act on this card */
  readonly keys: boolean;
  /** the button that a person asked for: it gets the focus, and decides nothing until it is pressed */
  readonly focus?: Focus;
  /** a re-solve made another proposal; without it the card shows the new one itself */
  readonly onReplaced?: (id: string) => void;
};

/** A proposal in full, with everything that can be done about it. */
export function ProposalCard({ id, keys, focus = null, onReplaced }: Props) {
  const t = useWords('proposals');
  // of the proposal it was solved anew from; when the alert brings a newer one, that is shown
  const [replaced, setReplaced] = useState<{ readonly of: string; readonly by: string } | null>(null);
  const shown = replaced?.of === id ? replaced.by : id;
  const solve = useSolve();
  const [panel, setPanel] = useState<Panel | null>(null);
  const names = useRef(new Map<string, string>());
  const view = useQuery({
    ...orpc.placement.get.queryOptions({ input: { id: shown } }),
    // a re-solve replaces the card's content without a blank in between
    placeholderData: (before: ProposalView | undefined) => before,
  });
  if (view.isPending) return <Loading kind="text" count={8} />;
  if (view.isError)
    return (
      <>
        <EmptyState kind="failed" title={t('empty.missing')} text={t('empty.missingText')} />
        <Failed of={view} />
      </>
    );
  return (
    <Card
      view={view.data}
      keys={keys}
      focus={focus}
      solve={solve}
      panel={panel}
      names={names.current}
      onPanel={setPanel}
      onReplaced={onReplaced ?? ((by) => setReplaced({ of: id, by }))}
    />
  );
}

type CardProps = {
  readonly view: ProposalView;
  readonly keys: boolean;
  readonly focus: Focus;
  readonly solve: Solve;
  readonly panel: Panel | null;
  readonly names: Map<string, string>;
  readonly onPanel: (panel: Panel | null) => void;
  readonly onReplaced: (id: string) => void;
};
function Card({ view, keys, focus, solve, panel, names, onPanel, onReplaced }: CardProps) {
  const t = useWords('proposals');
  const { proposal, decisions } = view;
  const decide = useDecide(proposal);
  const panelBox = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (panel) panelBox.current?.scrollIntoView({ block: 'nearest' });
  }, [panel]);
  const [rejecting, setRejecting] = useState(false);
  const [printing, setPrinting] = useState(false);
  const printed = useCallback(() => setPrinting(false), []);
  const isOpen = proposal.status === 'open';
  const isSolving = solve.state.kind === 'solving';
  const hasMoves = proposal.moves.length > 0;
  const about = proposal.moves[0]?.to ?? proposal.effects[0]?.cell ?? proposal.notPossible[0]?.cell;
  const latest = decisions.toSorted((a, b) => b.at - a.at)[0];

  const resolve = (choice: Choice): void => {
    for (const move of proposal.moves) names.set(move.operatorId, move.name);
    const scope = { ...proposal.scope, drop: [...choice.drop], pin: [...choice.pin] };
    const alert = proposal.alertId === null ? {} : { alertId: proposal.alertId };
    solve.start({ ...scope, ...alert, supersedes: proposal.id }, (solved) => onReplaced(solved.id));
  };
  const again = (): void => resolve(proposal.scope);
  /** the moves of this plan, for the situation as it is */
  const asItIs = (): void => {
    const pin = proposal.moves.map(({ operatorId, to }) => ({ operatorId, cellId: to.cellId }));
    solve.start({ ...proposal.scope, assume: [], pin, supersedes: proposal.id }, (solved) =>
      onReplaced(solved.id),
    );
  };
  const toggle = (which: Panel): void => onPanel(panel === which ? null : which);
  const isSettled = useSettled(proposal.id);
  const canDecide = isOpen && !isSolving && !decide.busy;
  const approve = canDecide && canApprove(proposal) ? decide.approve : null;
  const reject = canDecide && hasMoves && !isAssumed(proposal) ? () => setRejecting(true) : null;
  const asked = useAskedFocus(focus, (focus === 'approve' ? approve : reject) !== null);
  const acts: Acts = {
    approve: asked.guarded(approve),
    reject: asked.guarded(reject),
    modify: isOpen ? () => toggle('modify') : null,
    simulate: hasMoves ? () => toggle('simulate') : null,
    whyNot: () => toggle('whyNot'),
    whatIf:
      about && proposal.scope.horizon === 'today'
        ? () => navigate('what-if', null, { cell: about.cellId })
        : null,
    print: hasMoves && proposal.status === 'approved' ? () => setPrinting(true) : null,
  };
  const keyMap = { a: isSettled ? acts.approve : null, r: acts.reject, m: acts.modify, s: acts.simulate };
  useKeys(keyMap, keys);
  return (
    <article
      id={proposal.id}
      className={classes['card']}
      aria-label={proposal.id}
      data-status={proposal.status}
    >
      <CardHead proposal={proposal} />
      <Assumed proposal={proposal} onReal={isOpen && hasMoves && !isSolving ? asItIs : null} />
      {isOpen && proposal.stale && !isSolving && <Stale onAgain={again} />}
      {isOpen && !proposal.stale && <OldData proposal={proposal} />}
      {proposal.status === 'superseded' && <Note>{t('superseded')}</Note>}
      {latest && (
        <Box p="8px 12px" bdrs="md" bg="var(--surface-sunken)">
          <DecisionLine decision={latest} busy={decide.busy} onUndo={() => decide.undo(latest.id)} />
          {(proposal.status === 'approved' || proposal.status === 'undone') && (
            <OutcomeLine proposalId={proposal.id} />
          )}
        </Box>
      )}
      <Standstill proposal={proposal} />
      {hasMoves && <ImpactStrip impact={proposal.impact} />}
      {isOpen && <HitRateLine moves={proposal.moves} />}
      {hasMoves && (
        <section>
          <Title order={3} className={classes['sectionTitle'] ?? ''}>
            {t('moves.title', { count: proposal.moves.length })}
          </Title>
          <MovesList moves={proposal.moves} />
        </section>
      )}
      {proposal.effects.length > 0 && (
        <section>
          <Title order={3} className={classes['sectionTitle'] ?? ''}>
            {t('effects.title')}
          </Title>
          <EffectsTable effects={proposal.effects} />
          <Untouched proposal={proposal} />
        </section>
      )}
      <NotPossible proposal={proposal} />
      {solve.state.kind === 'solving' && (
        <SolveProgress title={t('modify.solving')} progress={solve.state.progress} onCancel={solve.cancel} />
      )}
      {solve.state.kind === 'cancelled' && <Note role="status">{t('solve.cancelled')}</Note>}
      {solve.state.kind === 'failed' && <ErrorState error={solve.state.error} retry={again} />}
      <ErrorState error={decide.error} />
      <div ref={panelBox} className={classes['panelBox']}>
        {panel === 'modify' && isOpen && (
          <ModifyPanel
            proposal={proposal}
            names={names}
            onName={(operatorId, name) => names.set(operatorId, name)}
            onChoose={resolve}
          />
        )}
        {panel === 'simulate' && hasMoves && <SimulationPanel id={proposal.id} />}
        {panel === 'whyNot' && (
          <WhyNotPanel
            proposal={proposal}
            {...(isOpen
              ? {
                  onPin: (person, cellId) =>
                    resolve({
                      drop: proposal.scope.drop.filter((other) => other !== person.operatorId),
                      pin: [...proposal.scope.pin, { operatorId: person.operatorId, cellId }],
                    }),
                }
              : {})}
          />
        )}
      </div>
      <ActionBar
        acts={acts}
        open={panel}
        busy={decide.busy}
        keys={keys}
        asked={{ name: focus, button: asked.button }}
      />
      <RejectDialog
        opened={rejecting}
        busy={decide.busy}
        error={decide.rejectError}
        onClose={() => setRejecting(false)}
        onReject={(reason, text) => decide.reject(reason, text, () => setRejecting(false))}
      />
      {printing && <MoveSlips proposal={proposal} approvedBy={latest?.actor ?? ''} onDone={printed} />}
    </article>
  );
}

/** Whether the card has shown this proposal for a moment: a key pressed while another one takes its place is not meant for it. */
function useSettled(id: string): boolean {
  const [first] = useState(id);
  const [settled, setSettled] = useState(id);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(id), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [id]);
  return id === first || id === settled;
}

function CardHead({ proposal }: { readonly proposal: Proposal }) {
  const t = useWords('proposals');
  const format = useFormat();
  const headline = useMemo(() => headlineOf(proposal, t, format), [proposal, t, format]);
  return (
    <header>
      <Group gap="6px 10px">
        <StatusChip of={proposal} />
        <BadgeChip badge={proposal.badge} />
        <Anchor href={href('proposals', proposal.id)} size="xs" c="dimmed" ff="monospace">
          {proposal.id}
        </Anchor>
        <Text size="xs" c={proposal.stale ? 'var(--watch-text)' : 'dimmed'}>
          {t('asOf', { time: format.dateTime(proposal.asOf) })}
        </Text>
      </Group>
      <Title order={2} mt={8} fz="1.2rem" fw={700} lh={1.45}>
        {headline}
      </Title>
      {proposal.day && (
        <Text size="sm" mt={4}>
          {[wordPlanOf(proposal.day, format.lang), wordLowest(proposal.day, format.lang, format.zone)]
            .filter((part) => part !== null)
            .join(format.lang === 'ja' ? '。' : '. ')}
        </Text>
      )}
      {proposal.alertId !== null && <VerdictOfAlert alertId={proposal.alertId} />}
    </header>
  );
}

/** The numbers are the newest there are, and old all the same. */
function OldData({ proposal }: { readonly proposal: Proposal }) {
  const t = useWords('proposals');
  const format = useFormat();
  const now = useNow(30_000);
  const freshness = useQuery(orpc.company.freshness.queryOptions()).data;
  if (!freshness?.stale && !isOver(proposal)) return null;
  return (
    <div className={classes['stale']} role="status">
      <IconAlertTriangle size={20} aria-hidden />
      <div>
        <b>{t('oldData.title', { ago: format.ago(proposal.asOf, now) })}</b>
        <Text size="sm">{t(isOver(proposal) ? 'oldData.over' : 'oldData.text')}</Text>
      </div>
      <Anchor href={href('settings', 'sync')} size="sm">
        {t('oldData.action')}
      </Anchor>
    </div>
  );
}

/** Sources no deadline of which depends on the people they give: said, so that nobody has to wonder. */
function Untouched({ proposal }: { readonly proposal: Proposal }) {
  const t = useWords('proposals');
  const format = useFormat();
  const shown = new Set(proposal.effects.map((effect) => effect.cell.cellId));
  const cells = [...new Map(proposal.moves.map(({ from }) => [from.cellId, from])).values()].filter(
    ({ cellId }) => !shown.has(cellId),
  );
  if (cells.length === 0) return null;
  return (
    <Note mt="xs">
      {t('effects.untouched', {
        cells: format.list(cells.map((cell) => format.cell(cell))),
      })}
    </Note>
  );
}

function Stale({ onAgain }: { readonly onAgain: () => void }) {
  const t = useWords('proposals');
  return (
    <div className={classes['stale']} role="status">
      <IconRefreshAlert size={20} aria-hidden />
      <div>
        <b>{t('stale.title')}</b>
        <Text size="sm">{t('stale.text')}</Text>
      </div>
      <Button size="compact-sm" onClick={onAgain}>
        {t('stale.action')}
      </Button>
    </div>
  );
}

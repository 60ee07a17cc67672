import { Box, Button, Group, Text } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconPrinter, IconTableExport } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { DayBoard } from '../../../main/placement/contract/day-plan.ts';
import { wordAssumption, wordLowest } from '../../../main/placement/contract/day-words.ts';
import type { Proposal, ProposalScope } from '../../../main/placement/contract/placement.ts';
import { orpc } from '../../engine-hooks.ts';
import { BadgeChip } from '../../proposal/chips.tsx';
import { SolveProgress } from '../../proposal/solve-progress.tsx';
import { canApprove } from '../../proposal/use-decide.ts';
import { useSolve } from '../../proposal/use-solve.ts';
import { navigate, replaceRoute, useRoute } from '../../router.ts';
import { fileName, saveText, toCsv } from '../../ui/csv.ts';
import { PageHeader } from '../../ui/page.tsx';
import { EmptyState, ErrorState, Loading } from '../../ui/states.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './board.module.css';
import { boardTable } from './board-table.ts';
import { DayPicker } from './day-picker.tsx';
import { DeadlineTable } from './deadline-table.tsx';
import { PeopleGrid } from './people-grid.tsx';
import { type Step, usePinHistory } from './use-pin-history.ts';

type Pins = ProposalScope['pin'];

/** `#/board` makes or finds a plan for a day, `#/board/<proposal>` shows it as people × time. */
export function BoardScreen() {
  const { id } = useRoute();
  const list = useQuery(orpc.placement.list.queryOptions({ input: { limit: 100 } }));
  const newest = list.data?.find(
    ({ proposal }) => proposal.scope.horizon === 'next-day' && proposal.day && proposal.status === 'open',
  );
  const shown = id ?? newest?.proposal.id ?? null;
  if (shown === null && list.isPending) return <Loading />;
  return <Board plan={shown} />;
}

function Board({ plan }: { readonly plan: string | null }) {
  const t = useWords('board');
  const { solve, pins, change, undo, redo } = usePlan(plan);
  const view = useQuery(
    orpc.placement.get.queryOptions({ input: { id: plan ?? '' }, enabled: plan !== null }),
  );
  const board = useQuery(
    orpc.placement.board.queryOptions({
      input: { id: plan ?? '' },
      enabled: plan !== null,
      placeholderData: (before) => before,
    }),
  );
  const proposal = view.data?.proposal;
  const solving = solve.state.kind === 'solving';
  const make = (date: string | null): void =>
    solve.start({ horizon: 'next-day', ...(date !== null && { date }) }, (made) =>
      navigate('board', made.id),
    );
  return (
    <div>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={<DayPicker date={proposal?.day?.date ?? null} busy={solving} onMake={make} />}
      />
      {solve.state.kind === 'solving' && (
        <SolveProgress title={t('planning')} progress={solve.state.progress} onCancel={solve.cancel} />
      )}
      {solve.state.kind === 'cancelled' && <Text c="dimmed">{t('stopped')}</Text>}
      {solve.state.kind === 'failed' && <ErrorState error={solve.state.error} />}
      {plan === null && !solving && (
        <EmptyState
          kind="never"
          title={t('empty.title')}
          text={t('empty.text')}
          action={{ label: t('make'), onClick: () => make(null) }}
        />
      )}
      {plan !== null && board.isError && (
        <EmptyState kind="failed" title={t('missing.title')} text={t('missing.text')} />
      )}
      {plan !== null && board.isPending && <Loading />}
      {board.data && proposal && (
        <>
          <Summary
            board={board.data}
            proposal={proposal}
            tools={
              <Tools
                board={board.data}
                pins={pins}
                onUndo={undo}
                onRedo={redo}
                onClear={() => change([])}
                busy={solving}
              />
            }
          />
          <DeadlineTable board={board.data} />
          <PeopleGrid
            board={board.data}
            pins={pins}
            disabled={proposal.status !== 'open'}
            onPins={change}
            onUndo={undo}
            onRedo={redo}
          />
        </>
      )}
    </div>
  );
}

/** The pins the plan on the board was solved around; a change of them solves again in its place. */
function usePlan(plan: string | null) {
  const solve = useSolve();
  const saved = useQuery(
    orpc.placement.get.queryOptions({ input: { id: plan ?? '' }, enabled: plan !== null }),
  ).data?.proposal.scope;
  const history = usePinHistory(plan, saved?.pin ?? []);
  const take = (step: Step): void => {
    if (plan === null || !saved) return;
    solve.start({ ...saved, supersedes: plan, pin: step.list[step.at] ?? [] }, (made) => {
      history.keep(step, made.id);
      replaceRoute('board', made.id);
    });
  };
  const { undo, redo } = history;
  return {
    solve,
    pins: history.pins,
    change: (pins: Pins) => take(history.change(pins)),
    undo: undo && (() => take(undo())),
    redo: redo && (() => take(redo())),
  };
}

function Summary({
  board,
  proposal,
  tools,
}: {
  readonly board: DayBoard;
  readonly proposal: Proposal;
  readonly tools: ReactNode;
}) {
  const t = useWords('board');
  const format = useFormat();
  const { facts } = board;
  const lowest = wordLowest(facts, format.lang, format.zone);
  const calm = proposal.badge.kind === 'nothing-needed';
  const count = proposal.moves.length;
  const result =
    count > 0
      ? t(calm ? 'result.pins' : 'result.moves', { count })
      : t(calm ? 'result.none' : 'result.noneHelps');
  return (
    <Box component="section" mb="sm" aria-live="polite">
      <Group justify="space-between" align="flex-start">
        <div>
          <Group gap="xs">
            <Text component="h2" fw={700} size="lg">
              {format.date(board.from)}
            </Text>
            <BadgeChip badge={proposal.badge} />
          </Group>
          <Text size="sm">{result}</Text>
          {lowest && <Text size="sm">{lowest}</Text>}
        </div>
        <Group gap="xs" className="no-print">
          {tools}
          <Button
            variant={canApprove(proposal) ? 'filled' : 'default'}
            onClick={() => navigate('proposals', proposal.id)}
          >
            {t(canApprove(proposal) ? 'approve' : 'open')}
          </Button>
        </Group>
      </Group>
      {proposal.status !== 'open' && (
        <Text size="sm" c="var(--watch-text)">
          {t('decided')}
        </Text>
      )}
      <details className={classes['assumed']}>
        <summary>{t('assumed')}</summary>
        <ul>
          {facts.assumed.map((assumption) => (
            <li key={assumption.code}>{wordAssumption(assumption, format.lang)}</li>
          ))}
        </ul>
      </details>
    </Box>
  );
}

function Tools({
  board,
  pins,
  onUndo,
  onRedo,
  onClear,
  busy,
}: {
  readonly board: DayBoard;
  readonly pins: Pins;
  readonly onUndo: (() => void) | null;
  readonly onRedo: (() => void) | null;
  readonly onClear: () => void;
  readonly busy: boolean;
}) {
  const t = useWords('board');
  const format = useFormat();
  const save = (): void =>
    saveText(
      fileName(t('title'), board.from, format.zone, 'csv'),
      toCsv(boardTable(board), format),
      'text/csv',
    );
  return (
    <>
      <Button.Group>
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={16} />}
          disabled={!onUndo || busy}
          onClick={onUndo ?? undefined}
        >
          {t('undo')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconArrowForwardUp size={16} />}
          disabled={!onRedo || busy}
          onClick={onRedo ?? undefined}
        >
          {t('redo')}
        </Button>
      </Button.Group>
      {pins.length > 0 && (
        <Button variant="subtle" disabled={busy} onClick={onClear}>
          {`${t('unpinAll')} (${pins.length})`}
        </Button>
      )}
      <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
        {t('print')}
      </Button>
      <Button variant="default" leftSection={<IconTableExport size={16} />} onClick={save}>
        {t('csv')}
      </Button>
    </>
  );
}

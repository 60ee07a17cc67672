import { Button, Text } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CELL_SEPARATOR } from '../../../main/api/contract/common.ts';
import type { Change, Scenario, Side } from '../../../main/api/contract/what-if.ts';
import { SolveProgress } from '../../proposal/solve-progress.tsx';
import { useSolve } from '../../proposal/use-solve.ts';
import { navigate } from '../../router.ts';
import { ErrorState } from '../../ui/error-state.tsx';

type Move = Extract<Change, { kind: 'move' }>;
const isMove = (change: Change): change is Move => change.kind === 'move';

/** The scenario as a proposal: its moves pinned. Moves with a start time cannot be kept, a proposal moves people at once. */
export function ProposeButton({ scenario, side }: { readonly scenario: Scenario; readonly side: Side }) {
  const { t } = useTranslation('whatIf');
  const { state, start, cancel } = useSolve();
  const moves = scenario.changes.flatMap((change, i) =>
    isMove(change) && change.from === undefined ? [{ change, people: side.applied[i]?.people ?? [] }] : [],
  );
  const pin = moves.flatMap(({ change, people }) =>
    people.map(({ operatorId }) => ({ operatorId, cellId: change.toCellId })),
  );
  const isLater = scenario.changes.some((change) => isMove(change) && change.from !== undefined);
  const solve = (): void => {
    const targets = new Set(pin.map(({ cellId }) => cellId));
    const [only] = targets;
    // where all go to one process nobody else need be moved for another
    const [location, businessId, process] =
      only !== undefined && targets.size === 1 ? only.split(CELL_SEPARATOR) : [];
    start({ ...(location && { location, businessId, process }), pin, horizon: 'today' }, (proposal) =>
      navigate('proposals', proposal.id),
    );
  };
  if (pin.length === 0) return isLater ? <Hint text={t('propose.later')} /> : null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="light"
        leftSection={<IconSparkles size={14} />}
        disabled={state.kind === 'solving'}
        onClick={solve}
      >
        {t('propose.moves')}
      </Button>
      <Hint text={t('propose.movesHint')} />
      {isLater && <Hint text={t('propose.later')} />}
      {state.kind === 'solving' && (
        <SolveProgress title={t('propose.solving')} progress={state.progress} onCancel={cancel} />
      )}
      {state.kind === 'cancelled' && <Hint text={t('propose.stopped')} />}
      {state.kind === 'failed' && <ErrorState error={state.error} retry={solve} />}
    </>
  );
}

function Hint({ text }: { readonly text: string }) {
  return (
    <Text size="xs" c="dimmed">
      {text}
    </Text>
  );
}

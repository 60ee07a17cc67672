import { Button } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { CELL_SEPARATOR } from '../../../main/api/contract/common.ts';
import type { Change, Scenario, Side } from '../../../main/placement/contract/what-if.ts';
import { SolveProgress } from '../../proposal/solve-progress.tsx';
import { useSolve } from '../../proposal/use-solve.ts';
import { navigate } from '../../router.ts';
import { ErrorState } from '../../ui/states.tsx';
import { Fine } from '../../ui/text.tsx';
import { useWords } from '../../words.ts';

type Move = Extract<Change, { kind: 'move' }>;
/** A move that a proposal can make: it moves people at once. */
const isMoveNow = (change: Change): change is Move => change.kind === 'move' && change.from === undefined;

/**
 * The scenario as a proposal. Its moves are pinned; what else it supposes is assumed, moves of later too, and the card says so.
 */
export function ProposeButton({ scenario, side }: { readonly scenario: Scenario; readonly side: Side }) {
  const t = useWords('whatIf');
  const { state, start, cancel } = useSolve();
  const assume = scenario.changes.filter((change) => !isMoveNow(change));
  const isLater = scenario.changes.some((change) => change.kind === 'move' && change.from !== undefined);
  const pin = pinsOf(scenario, side);
  const isReal = assume.length === 0;
  const solve = (): void => {
    const targets = new Set(pin.map(({ cellId }) => cellId));
    const [only] = targets;
    // where all go to one process nobody else need be moved for another
    const isOne = isReal && only !== undefined && targets.size === 1;
    const [location, businessId, process] = isOne ? only.split(CELL_SEPARATOR) : [];
    const scope = isReal ? { ...(location && { location, businessId, process }) } : { assume };
    start({ ...scope, pin, horizon: 'today' }, (proposal) => navigate('proposals', proposal.id));
  };
  if (isReal && pin.length === 0) return null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="light"
        leftSection={<IconSparkles size={14} />}
        disabled={state.kind === 'solving'}
        onClick={solve}
      >
        {t(isReal ? 'propose.moves' : 'propose.assumed')}
      </Button>
      <Hint text={t(isReal ? 'propose.movesHint' : 'propose.assumedHint')} />
      {isLater && <Hint text={t('propose.later')} />}
      {state.kind === 'solving' && (
        <SolveProgress title={t('propose.solving')} progress={state.progress} onCancel={cancel} />
      )}
      {state.kind === 'cancelled' && <Hint text={t('propose.stopped')} />}
      {state.kind === 'failed' && <ErrorState error={state.error} retry={solve} />}
    </>
  );
}

/** Who moves at once, and where to; not those whom the scenario takes away altogether. */
function pinsOf({ changes }: Scenario, { applied }: Side): { operatorId: string; cellId: string }[] {
  const away = new Set(
    changes.flatMap((change, i) =>
      change.kind === 'absence' && change.from === undefined
        ? (applied[i]?.people ?? []).map((person) => person.operatorId)
        : [],
    ),
  );
  return changes.flatMap((change, i) =>
    isMoveNow(change)
      ? (applied[i]?.people ?? [])
          .filter((person) => !away.has(person.operatorId))
          .map(({ operatorId }) => ({ operatorId, cellId: change.toCellId }))
      : [],
  );
}

function Hint({ text }: { readonly text: string }) {
  return <Fine>{text}</Fine>;
}

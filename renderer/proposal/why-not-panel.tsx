import { Anchor, Button, Text, Title } from '@mantine/core';
import { IconAdjustments, IconAlertTriangle } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Proposal } from '../../main/placement/contract/placement.ts';
import { wordBlocks, wordReason, wordRelaxation } from '../../main/placement/contract/words.ts';
import { orpc } from '../engine-hooks.ts';
import { href } from '../router.ts';
import { Pending } from '../ui/states.tsx';
import { Fine, Strong } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import { targetsOf } from './modify-panel.tsx';
import { type Candidate, PersonSearch } from './person-search.tsx';
import classes from './proposal.module.css';

type Props = {
  readonly proposal: Proposal;
  /** absent once the proposal is decided */
  readonly onPin?: (candidate: Candidate, cellId: string) => void;
};

/** Why somebody was not chosen, and what forcing them in would cost. */
export function WhyNotPanel({ proposal, onPin }: Props) {
  const t = useWords('proposals');
  const [person, setPerson] = useState<Candidate | null>(null);
  return (
    <section className={classes['panel']} aria-label={t('whyNot.title')}>
      <Title order={3}>{t('whyNot.title')}</Title>
      <Fine mb="xs">{t('whyNot.hint')}</Fine>
      <PersonSearch proposalId={proposal.id} label={t('modify.search')} focus onPick={setPerson} />
      {person && (
        <Answer key={person.operatorId} proposal={proposal} person={person} {...(onPin ? { onPin } : {})} />
      )}
    </section>
  );
}

function Answer({ proposal, person, onPin }: Props & { readonly person: Candidate }) {
  const t = useWords('proposals');
  const format = useFormat();
  const answer = useQuery(
    orpc.placement.whyNot.queryOptions({ input: { id: proposal.id, operatorId: person.operatorId } }),
  );
  const target = targetsOf(proposal)[0];
  const box = useRef<HTMLDivElement>(null);
  const there = answer.isSuccess;
  useEffect(() => {
    if (there) box.current?.scrollIntoView({ block: 'nearest' });
  }, [there]);
  if (proposal.moves.some((move) => move.operatorId === person.operatorId))
    return (
      <Text size="sm" mt="sm">
        {t('whyNot.chosen', { name: person.name })}
      </Text>
    );
  if (!answer.isSuccess) return <Pending of={answer} kind="text" count={3} />;
  const { reasons, forcedCost } = answer.data;
  return (
    <div ref={box} className={classes['whyNot']} role="status">
      <Strong>{t('modify.home', { name: person.name, home: person.home })}</Strong>
      <ul>
        {reasons.map((reason) => (
          <li key={reason.code}>{wordReason(reason, format.lang, format.zone)}</li>
        ))}
      </ul>
      <Text size="sm">
        {forcedCost === null
          ? t('whyNot.impossible')
          : forcedCost > 0.05
            ? t('whyNot.forced', { hours: format.number(forcedCost, 1) })
            : t('whyNot.forcedFree')}
      </Text>
      {forcedCost !== null && onPin && target && (
        <Button size="compact-sm" variant="default" mt="xs" onClick={() => onPin(person, target.cellId)}>
          {t('whyNot.pin', { name: person.name })}
        </Button>
      )}
    </div>
  );
}

/** Of so many queues that could not be saved is asked what precedes their delay. */
const JUDGED = 5;

/**
 * What the plan could not save, and the smallest rules to relax; while the system is in trouble, that its recovery comes first. Says
 * nothing when nothing is left.
 */
export function NotPossible({ proposal }: { readonly proposal: Proposal }) {
  const t = useWords('proposals');
  const format = useFormat();
  const { notPossible, relaxations, blocks = [] } = proposal;
  const inTheWay = wordBlocks(blocks, format.lang);
  const cells = [...new Set(notPossible.map((lot) => lot.cell.cellId))].slice(0, JUDGED);
  const verdicts = useQueries({
    queries: cells.map((cellId) =>
      // what is decided or over is no longer about how the system stands now
      orpc.timeline.verdict.queryOptions({ input: { cellId }, enabled: proposal.status === 'open' }),
    ),
  });
  const systemFirst = verdicts.some(({ data }) => data?.sides.includes('system'));
  if (notPossible.length === 0) return null;
  return (
    <section className={classes['notPossible']} aria-label={t('notPossible.title')}>
      <h3>
        <IconAlertTriangle size={16} aria-hidden />
        {t('notPossible.title')}
      </h3>
      <ul>
        {notPossible.map((lot) => (
          <li key={`${lot.cell.cellId}-${lot.deadline}`}>
            {t('notPossible.line', {
              cell: format.cell(lot.cell),
              deadline: format.time(lot.deadline),
              items: format.number(lot.shortItems),
              hours: format.number(lot.shortHours, 1),
            })}
          </li>
        ))}
      </ul>
      {systemFirst && <Text size="sm">{t('notPossible.system')}</Text>}
      {inTheWay && <Text size="sm">{inTheWay}</Text>}
      {relaxations.length === 0 ? (
        // a rule that nobody would relax by degrees, such as who is not to be moved, may be what is in the way
        !inTheWay && (
          <Text size="sm">{t(systemFirst ? 'notPossible.noRelaxMeanwhile' : 'notPossible.noRelax')}</Text>
        )
      ) : (
        <>
          <Strong>{t('notPossible.relax')}</Strong>
          <ol>
            {relaxations.map((relaxation) => (
              <li key={relaxation.rule}>{wordRelaxation(relaxation, format.lang)}</li>
            ))}
          </ol>
          <Anchor size="sm" href={href('rules')}>
            <IconAdjustments size={14} aria-hidden /> {t('notPossible.rules')}
          </Anchor>
        </>
      )}
    </section>
  );
}

import { Button, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Proposal } from '../../main/api/contract/placement.ts';
import { wordReason } from '../../main/api/contract/words/placement.ts';
import { orpc } from '../engine-hooks.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { Loading } from '../ui/loading.tsx';
import { Fine, Strong } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';
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
  const { t } = useTranslation('proposals');
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
  const { t } = useTranslation('proposals');
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
  if (answer.isPending) return <Loading kind="text" count={3} />;
  if (answer.isError) return <ErrorState error={answer.error} retry={() => void answer.refetch()} />;
  const { reasons, forcedCost } = answer.data;
  return (
    <div ref={box} className={classes['whyNot']} role="status">
      <Strong>{t('modify.home', person)}</Strong>
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

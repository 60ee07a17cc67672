import { Anchor, Button, Stack, Text } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { orpc } from '../../engine-hooks.ts';
import { scopeOf } from '../../proposal/headline.ts';
import { ProposalCard } from '../../proposal/proposal-card.tsx';
import { SolveProgress } from '../../proposal/solve-progress.tsx';
import { type SolveInput, useSolve } from '../../proposal/use-solve.ts';
import { href, navigate, replaceRoute, useRoute } from '../../router.ts';
import { PageHeader } from '../../ui/page.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { useWords } from '../../words.ts';
import { ProposalList } from './proposal-list.tsx';
import classes from './proposals.module.css';
import { readAsk } from './solve-query.ts';

/** `#/proposals` lists, `#/proposals/<id>` shows one, `#/proposals?location=…` works out a new one. */
export function ProposalsScreen() {
  const route = useRoute();
  if (route.id !== null) return <ProposalDetail id={route.id} />;
  const ask = readAsk(route.query);
  if (ask) return <NewProposal key={JSON.stringify(ask)} ask={ask} />;
  return <ProposalList />;
}

function ProposalDetail({ id }: { readonly id: string }) {
  const t = useWords('proposals');
  return (
    <div className={classes['detail']}>
      <PageHeader
        title={t('title')}
        subtitle={
          <Anchor href={href('proposals')} size="sm" className="no-print">
            <IconChevronLeft size={14} aria-hidden /> {t('backToList')}
          </Anchor>
        }
      />
      <ProposalCard id={id} keys onReplaced={(next) => replaceRoute('proposals', next)} />
    </div>
  );
}

/** Solves what the address asks for, then puts the proposal in its place. */
function NewProposal({ ask }: { readonly ask: SolveInput }) {
  const t = useWords('proposals');
  const { state, start, cancel } = useSolve();
  const solve = (): void => start(ask, (proposal) => replaceRoute('proposals', proposal.id));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each address; the component is keyed by it
  useEffect(solve, []);
  const businesses = useQuery(orpc.system.lookup.queryOptions()).data?.businesses ?? [];
  return (
    <>
      <PageHeader title={t('title')} subtitle={scopeOf(ask, businesses, t)} />
      {state.kind === 'solving' && (
        <SolveProgress title={t('solve.title')} progress={state.progress} onCancel={cancel} />
      )}
      {state.kind === 'cancelled' && (
        <Stack align="flex-start">
          <Text>{t('solve.cancelled')}</Text>
          <Button onClick={solve}>{t('solve.again')}</Button>
          <Button variant="subtle" onClick={() => navigate('proposals')}>
            {t('backToList')}
          </Button>
        </Stack>
      )}
      {state.kind === 'failed' && <ErrorState error={state.error} retry={solve} />}
    </>
  );
}

import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../engine-hooks.ts';
import { scopeOf } from '../../proposal/headline.ts';
import { SolveProgress } from '../../proposal/solve-progress.tsx';
import { type SolveInput, useSolve } from '../../proposal/use-solve.ts';
import { navigate, replaceRoute } from '../../router.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';

/** Solves what the address asks for, then puts the proposal in its place. */
export function NewProposal({ ask }: { readonly ask: SolveInput }) {
  const { t } = useTranslation('proposals');
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

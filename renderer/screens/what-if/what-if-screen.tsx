import { Button, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Change, Comparison, Scenario } from '../../../main/placement/contract/what-if.ts';
import { orpc } from '../../engine-hooks.ts';
import { useChangeWords } from '../../proposal/use-change-words.ts';
import { replaceRoute, useRoute } from '../../router.ts';
import { PageHeader } from '../../ui/page.tsx';
import { EmptyState, Failed, Pending } from '../../ui/states.tsx';
import { Fine, Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { countVerdicts, rowsOf } from './compare-model.ts';
import { Curves } from './curves.tsx';
import { OutcomeTable } from './outcome-table.tsx';
import { Missed, ScenarioCard } from './scenario-card.tsx';
import { type Scenarios, useScenarios } from './use-scenarios.ts';
import classes from './what-if.module.css';

/** What the dialog is open for: a change of a scenario (`index`), a new one there, or the first one of a new scenario (null). */
type Editing = { readonly scenario: Scenario | null; readonly index: number | null };

/** `#/what-if` compares saved scenarios with the situation as it is; `?cell=…` begins a new one about that process. */
export function WhatIfScreen() {
  const t = useWords('whatIf');
  const { query } = useRoute();
  const acts = useScenarios();
  const [editing, setEditing] = useState<Editing | null>(null);
  const [cellId, setCellId] = useState<string | null>(null);
  const asked = query['cell'] ?? null;
  useEffect(() => {
    if (asked === null) return;
    setCellId(asked);
    setEditing({ scenario: null, index: null });
    replaceRoute('what-if');
  }, [asked]);
  const apply = (change: Change): void => {
    if (editing?.scenario) {
      const { changes } = editing.scenario;
      const { index } = editing;
      acts.keep(
        editing.scenario,
        index === null ? [...changes, change] : changes.map((old, i) => (i === index ? change : old)),
      );
    } else acts.add([change]);
    setEditing(null);
  };
  const begin = (): void => setEditing({ scenario: null, index: null });
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          <Button leftSection={<IconPlus size={16} />} onClick={begin}>
            {t('add')}
          </Button>
        }
      />
      {!acts.list.isSuccess && <Pending of={acts.list} />}
      <Failed of={acts} />
      {acts.list.data?.length === 0 && (
        <EmptyState
          kind="never"
          title={t('empty.title')}
          text={t('empty.text')}
          action={{ label: t('add'), onClick: begin }}
        />
      )}
      {acts.scenarios.length > 0 && <Compared acts={acts} cellId={cellId} onEdit={setEditing} />}
      <ChangeDialog
        opened={editing !== null}
        change={editing?.index == null ? null : (editing.scenario?.changes[editing.index] ?? null)}
        cellId={cellId}
        onApply={apply}
        onClose={() => setEditing(null)}
      />
    </>
  );
}

function Compared({
  acts,
  cellId,
  onEdit,
}: {
  readonly acts: Scenarios;
  readonly cellId: string | null;
  readonly onEdit: (editing: Editing) => void;
}) {
  const t = useWords('whatIf');
  const format = useFormat();
  const compared = acts.scenarios.filter((scenario) => !acts.isHidden(scenario.id));
  const comparison = useQuery(
    orpc.whatIf.compare.queryOptions({
      input: {
        scenarios: compared.map(({ changes }) => ({ changes })),
        ...(cellId !== null && { cellId }),
      },
      placeholderData: (before: Comparison | undefined) =>
        before?.scenarios.length === compared.length ? before : undefined,
    }),
  );
  const data = comparison.data ?? null;
  const words = useChangeWords();
  const rows = useMemo(() => (data ? rowsOf(data) : []), [data]);
  // what a card says is of its own changes, never of those before an edit
  const isNew = comparison.isPlaceholderData;
  return (
    <Stack gap="lg">
      <section className={classes['cards']} aria-label={t('scenarios')}>
        <section className={classes['card']} aria-label={t('asIs')} data-base>
          <Text fw={650}>{t('asIs')}</Text>
          <Note>{t('asIsText')}</Note>
          <div className={classes['result']}>
            {data && (
              <>
                <Missed count={data.base.missed} />
                <Fine>{t('asOf', { time: format.dateTime(data.asOf) })}</Fine>
              </>
            )}
          </div>
        </section>
        {acts.scenarios.map((scenario) => {
          const column = compared.indexOf(scenario);
          const side = isNew || column < 0 ? null : (data?.scenarios[column] ?? null);
          return (
            <ScenarioCard
              key={scenario.id}
              shown={{ scenario, side }}
              counts={side && countVerdicts(rows, column)}
              acts={acts}
              words={words}
              onAdd={() => onEdit({ scenario, index: null })}
              onEdit={(index) => onEdit({ scenario, index })}
            />
          );
        })}
      </section>
      {!comparison.isSuccess && <Pending of={comparison} />}
      {data && compared.length > 0 && (
        <Stack gap="lg" aria-busy={isNew || undefined} className={classes['outcome'] ?? ''}>
          <OutcomeTable rows={rows} names={compared} left={data.left} />
          <Curves comparison={data} names={compared} />
        </Stack>
      )}
    </Stack>
  );
}

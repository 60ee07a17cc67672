import { Code, Drawer, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { z } from 'zod';
import type { DeadLetter } from '../../../main/sync/contract/company.ts';
import { orpc } from '../../engine-hooks.ts';
import { type Column, DataTable, textColumn, timeColumn } from '../../ui/data-table.tsx';
import { Facts } from '../../ui/page.tsx';
import { RefusedHead } from '../../ui/refused-head.tsx';
import { EmptyState, Failed, Loading } from '../../ui/states.tsx';
import { Fine, Strong, TimeText } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { type Translate, useWords } from '../../words.ts';
import classes from './settings.module.css';
import { useTableName } from './table-name.ts';

type Letter = z.infer<typeof DeadLetter>;

/** Rows that were refused, each with its reason and what it said; none is thrown away. */
export function DeadLetters({ tables }: { readonly tables: readonly string[] }) {
  const t = useWords('company');
  const format = useFormat();
  const nameOf = useTableName();
  const [source, setSource] = useState<string | null>(null);
  const [shown, setShown] = useState<Letter | null>(null);
  const filter = source === null ? {} : { source };
  const letters = useQuery(orpc.company.deadLetters.queryOptions({ input: { limit: 500, ...filter } }));
  const replay = useMutation(orpc.company.replay.mutationOptions({ onSuccess: () => letters.refetch() }));
  const columns = useMemo<Column<Letter>[]>(() => columnsOf(t, nameOf), [t, nameOf]);
  return (
    <Stack gap="sm">
      <RefusedHead
        title={t('deadTitle')}
        intro={t('deadIntro')}
        choice={{
          label: t('table'),
          all: t('allTables'),
          options: tables.map((value) => ({ value, label: nameOf(value) })),
        }}
        chosen={source}
        onChoose={setSource}
        replay={{ label: t('replay'), disabled: !letters.data?.total, busy: replay.isPending }}
        onReplay={() => replay.mutate(filter)}
      />
      <Failed of={letters} />
      <Failed of={replay} />
      {replay.data && (
        <Text size="sm" role="status">
          {t('replayed', replay.data)}
        </Text>
      )}
      {letters.isPending && <Loading count={3} />}
      {letters.data && (
        <>
          <DataTable
            label={t('deadTitle')}
            columns={columns}
            rows={letters.data.items}
            rowKey={(l) => l.id}
            onOpen={setShown}
            maxHeight="40vh"
            empty={
              <EmptyState
                kind={source === null ? 'never' : 'no-result'}
                title={t('deadEmpty')}
                text={t('deadEmptyText')}
              />
            }
          />
          {letters.data.total > 0 && (
            <Fine>
              {t('deadShown', {
                shown: format.number(letters.data.items.length),
                total: format.number(letters.data.total),
              })}
            </Fine>
          )}
        </>
      )}
      <LetterDrawer letter={shown} onClose={() => setShown(null)} />
    </Stack>
  );
}

const columnsOf = (t: Translate<'company'>, nameOf: (table: string) => string): Column<Letter>[] => [
  { key: 'source', label: t('table'), sort: (l) => l.source, render: (l) => nameOf(l.source) },
  {
    key: 'key',
    label: t('deadKey'),
    sort: (l) => l.key,
    render: (l) => <code className={classes['mono']}>{l.key}</code>,
  },
  textColumn('reason', t('deadReason'), (l) => l.reason),
  textColumn('times', t('deadTimes'), (l) => l.times, { align: 'right' }),
  timeColumn('last', t('deadLast'), (l) => l.lastAt),
];

function LetterDrawer({ letter, onClose }: { readonly letter: Letter | null; readonly onClose: () => void }) {
  const t = useWords('company');
  const nameOf = useTableName();
  return (
    <Drawer opened={letter !== null} onClose={onClose} size="lg" title={t('deadTitle')}>
      {letter && (
        <Stack>
          <Facts
            facts={[
              [t('table'), nameOf(letter.source)],
              [t('deadKey'), letter.key],
              [t('deadReason'), letter.reason],
              [t('deadTimes'), letter.times],
              [t('deadLast'), <TimeText key="last" at={letter.lastAt} />],
            ]}
          />
          <Strong>{t('deadRaw')}</Strong>
          <Code block>{letter.raw}</Code>
        </Stack>
      )}
    </Drawer>
  );
}

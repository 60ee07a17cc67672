import { Button, Drawer, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { LogDeadLetter, LogSource } from '../../../../main/logs/contract/logs.ts';
import { orpc } from '../../../engine-hooks.ts';
import { RawText } from '../../../logs/raw-text.tsx';
import { type Column, DataTable, numberColumn, textColumn, timeColumn } from '../../../ui/data-table.tsx';
import { Facts } from '../../../ui/page.tsx';
import { RefusedHead } from '../../../ui/refused-head.tsx';
import { Failed, Loading } from '../../../ui/states.tsx';
import { Fine, Note, TimeText } from '../../../ui/text.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import { useByteWords } from '../byte-words.ts';

type Props = { readonly sources: readonly LogSource[]; readonly onFix: (sourceId: string) => void };
const SHOWN = 500;

/** Lines that could not be read: each with its reason and what it said. None is thrown away. */
export function DeadLetters({ sources, onFix }: Props) {
  const t = useWords('logs');
  const format = useFormat();
  const [source, setSource] = useState<string | null>(null);
  const [shown, setShown] = useState<LogDeadLetter | null>(null);
  const of = source === null ? {} : { sourceId: source };
  const letters = useQuery(orpc.logs.deadLetters.queryOptions({ input: { limit: SHOWN, ...of } }));
  const replay = useMutation(orpc.logs.replay.mutationOptions({}));
  const columns = useColumns();
  const withDead = sources.filter((s) => s.unparsed > 0 || s.id === source);
  return (
    <Stack gap="sm" component="section">
      <RefusedHead
        title={t('dead.title')}
        intro={t('dead.intro')}
        choice={{
          label: t('filter.source'),
          all: t('dead.allSources'),
          options: withDead.map(({ id, name }) => ({ value: id, label: name })),
        }}
        chosen={source}
        onChoose={setSource}
        replay={{ label: t('dead.replay'), disabled: !letters.data?.total, busy: replay.isPending }}
        onReplay={() => replay.mutate(of)}
      />
      <Failed of={letters} />
      <Failed of={replay} />
      {replay.data && (
        <Text size="sm" role="status">
          {t('dead.replayed', {
            replayed: format.number(replay.data.replayed),
            fixed: format.number(replay.data.fixed),
            left: format.number(replay.data.replayed - replay.data.fixed),
          })}
        </Text>
      )}
      {letters.isPending && <Loading count={3} />}
      {letters.data && (
        <>
          <DataTable
            label={t('dead.title')}
            columns={columns}
            rows={letters.data.items}
            rowKey={(l) => String(l.id)}
            onOpen={setShown}
            maxHeight="40vh"
            empty={
              sources.every(({ lines }) => lines === 0) ? (
                <Note>{t('dead.nothingRead')}</Note>
              ) : (
                <Text size="sm" c="var(--ok-text)">
                  {t('dead.empty')}
                </Text>
              )
            }
          />
          {letters.data.total > letters.data.items.length && (
            <Fine>
              {t('dead.shown', {
                shown: format.number(letters.data.items.length),
                total: format.number(letters.data.total),
              })}
            </Fine>
          )}
        </>
      )}
      <LetterDrawer
        letter={shown}
        onClose={() => setShown(null)}
        onFix={(id) => {
          setShown(null);
          onFix(id);
        }}
      />
    </Stack>
  );
}

function useColumns(): Column<LogDeadLetter>[] {
  const t = useWords('logs');
  const bytes = useByteWords();
  return useMemo(
    () => [
      textColumn('source', t('filter.source'), (l) => l.sourceName, { width: '12rem' }),
      {
        key: 'reason',
        label: t('dead.reason'),
        width: '15rem',
        sort: (l) => l.reason,
        render: (l) => t(`dead.reasons.${l.reason}`),
      },
      {
        key: 'text',
        label: t('dead.text'),
        render: (l) => (
          <Text size="xs" ff="monospace" lineClamp={1}>
            {l.text.slice(0, 300)}
          </Text>
        ),
      },
      numberColumn('bytes', t('dead.bytes'), (l) => l.bytes, bytes),
      timeColumn('at', t('dead.at'), (l) => l.at, { align: 'right' }),
    ],
    [t, bytes],
  );
}

type DrawerProps = {
  readonly letter: LogDeadLetter | null;
  readonly onClose: () => void;
  readonly onFix: (sourceId: string) => void;
};
function LetterDrawer({ letter, onClose, onFix }: DrawerProps) {
  const t = useWords('logs');
  const bytes = useByteWords();
  return (
    <Drawer opened={letter !== null} onClose={onClose} size="lg" title={t('dead.one')}>
      {letter && (
        <Stack>
          <Facts
            facts={[
              [t('filter.source'), letter.sourceName],
              [t('dead.reason'), t(`dead.reasons.${letter.reason}`)],
              [t('dead.bytes'), bytes(letter.bytes)],
              [t('dead.at'), <TimeText key="at" at={letter.at} />],
            ]}
          />
          <Text size="sm">{t(`dead.help.${letter.reason}`)}</Text>
          <Button w="fit-content" variant="default" onClick={() => onFix(letter.sourceId)}>
            {t('dead.fix')}
          </Button>
          <Title order={3}>{t('dead.text')}</Title>
          <RawText>{letter.text}</RawText>
        </Stack>
      )}
    </Drawer>
  );
}

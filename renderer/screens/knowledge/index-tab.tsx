import { Anchor, Button, Group, Paper, Stack, Table, Title } from '@mantine/core';
import { IconCpu, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Document, EmbedderStatus } from '../../../main/knowledge/contract/knowledge.ts';
import { useEmbedderNames } from '../../embedder-names.ts';
import { orpc } from '../../engine-hooks.ts';
import { href } from '../../router.ts';
import { Facts } from '../../ui/page.tsx';
import { Failed, Pending } from '../../ui/states.tsx';
import { Fine, Note } from '../../ui/text.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

type Props = { readonly status: EmbedderStatus; readonly documents: readonly Document[] };

/** What makes the vectors now, how many there are, and how far the documents are. */
export function IndexTab({ status, documents }: Props) {
  const t = useWords('knowledge');
  const format = useFormat();
  const nameOf = useEmbedderNames(status);
  const again = useMutation(
    orpc.knowledge.rebuild.mutationOptions({
      onSuccess: () => showDone(t('embedder.begun')),
    }),
  );
  const count = (state: Document['state']): string =>
    format.number(documents.filter((d) => d.state === state).length);
  const words = (embedder: EmbedderStatus['serving']): string =>
    `${nameOf(embedder)}${format.dot}${t('embedder.dimensions', { n: format.number(embedder.dimensions) })}`;
  const { serving, wanted, cache } = status;
  const facts: (readonly [string, ReactNode])[] = [[t('embedder.serving'), words(serving)]];
  if (wanted.id !== serving.id) facts.push([t('embedder.wanted'), words(wanted)]);
  facts.push(
    [
      t('embedder.counts'),
      t('embedder.countsValue', {
        indexed: count('indexed'),
        waiting: count('waiting'),
        failed: count('failed'),
      }),
    ],
    [
      t('embedder.cache'),
      t('embedder.cacheValue', { n: format.number(cache.vectors), size: format.bytes(cache.bytes) }),
    ],
    [t('embedder.hitRate'), cache.hitRate === null ? '—' : format.percent(cache.hitRate)],
  );
  return (
    <Stack gap="md">
      <Note>{t('embedder.intro')}</Note>
      <Paper withBorder p="md" bg="var(--surface)">
        <Facts facts={facts} />
      </Paper>
      <Failed of={again} />
      <Group>
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} />}
          loading={again.isPending}
          onClick={() => again.mutate({})}
        >
          {t('embedder.retry')}
        </Button>
        <Anchor size="sm" href={href('models')}>
          <IconCpu size={14} aria-hidden /> {t('embedder.models')}
        </Anchor>
      </Group>
      <LogIndexes />
    </Stack>
  );
}

const NAMES = ['templates', 'incidents'] as const;

/** The indexes by which logs are searched by meaning: what they hold, who answers now, and a way to make one anew. */
function LogIndexes() {
  const t = useWords('knowledge');
  const format = useFormat();
  const indexes = useQuery(orpc.logs.indexes.queryOptions());
  const nameOf = (name: string): string => {
    const known = NAMES.find((one) => one === name);
    return known ? t(`logIndex.names.${known}`) : name;
  };
  const rebuild = useMutation(
    orpc.logs.rebuildIndex.mutationOptions({
      onSuccess: ({ name }) => showDone(t('logIndex.done', { name: nameOf(name) })),
    }),
  );
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t('logIndex.title')}
      </Title>
      <Note>{t('logIndex.intro')}</Note>
      {!indexes.isSuccess && <Pending of={indexes} kind="text" count={2} />}
      <Failed of={rebuild} />
      {indexes.data && (
        <Paper withBorder bg="var(--surface)">
          <Table aria-label={t('logIndex.title')}>
            <Table.Thead>
              <Table.Tr>
                {(['name', 'vectors', 'answers', 'state', 'hitRate', 'size'] as const).map((column) => (
                  <Table.Th key={column}>{t(`logIndex.columns.${column}`)}</Table.Th>
                ))}
                <Table.Th aria-label={t('logIndex.rebuild')} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {indexes.data.map((index) => (
                <Table.Tr key={index.name}>
                  <Table.Th scope="row">{nameOf(index.name)}</Table.Th>
                  <Table.Td>
                    {t('logIndex.vectors', {
                      n: format.number(index.vectors),
                      dimensions: format.number(index.dimensions),
                    })}
                  </Table.Td>
                  <Table.Td>
                    {t(`logIndex.modes.${index.mode}`)}
                    {index.recall !== null && (
                      <Fine>{t('logIndex.recall', { share: format.percent(index.recall) })}</Fine>
                    )}
                  </Table.Td>
                  <Table.Td>{t(`logIndex.states.${index.state}`)}</Table.Td>
                  <Table.Td>
                    {index.cacheHitRate === null ? '—' : format.percent(index.cacheHitRate)}
                  </Table.Td>
                  <Table.Td>{index.fileBytes === null ? '—' : format.bytes(index.fileBytes)}</Table.Td>
                  <Table.Td>
                    <Button
                      size="compact-sm"
                      variant="default"
                      leftSection={<IconRefresh size={14} />}
                      aria-label={t('logIndex.rebuildOf', { name: nameOf(index.name) })}
                      loading={rebuild.isPending && rebuild.variables.name === index.name}
                      onClick={() => rebuild.mutate({ name: index.name })}
                    >
                      {t('logIndex.rebuild')}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Paper>
      )}
    </Stack>
  );
}

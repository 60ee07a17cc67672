import { Button, Paper, Stack, Table, Title } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { orpc, useRefresh } from '../../engine-hooks.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Fine, Note } from '../../ui/text.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';

const NAMES = ['templates', 'incidents'] as const;

/** The indexes by which logs are searched by meaning: what they hold, who answers now, and a way to make one anew. */
export function LogIndexes() {
  const { t } = useTranslation('knowledge');
  const format = useFormat();
  const refresh = useRefresh();
  const indexes = useQuery(orpc.logs.indexes.queryOptions());
  const nameOf = (name: string): string => {
    const known = NAMES.find((one) => one === name);
    return known ? t(`logIndex.names.${known}`) : name;
  };
  const rebuild = useMutation(
    orpc.logs.rebuildIndex.mutationOptions({
      onSettled: () => refresh('clusters'),
      onSuccess: ({ name }) => showDone(t('logIndex.done', { name: nameOf(name) })),
    }),
  );
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t('logIndex.title')}
      </Title>
      <Note>{t('logIndex.intro')}</Note>
      {indexes.isPending && <Loading kind="text" count={2} />}
      {indexes.error && <ErrorState error={indexes.error} retry={() => void indexes.refetch()} />}
      {rebuild.error && <ErrorState error={rebuild.error} />}
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

import { Anchor, Button, Group, Paper, Stack } from '@mantine/core';
import { IconCpu, IconRefresh } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Document, EmbedderStatus } from '../../../main/api/contract/knowledge.ts';
import { useEmbedderNames } from '../../embedder-names.ts';
import { orpc, useRefresh } from '../../engine-hooks.ts';
import { href } from '../../router.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Note } from '../../ui/text.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { LogIndexes } from './log-indexes.tsx';

type Props = { readonly status: EmbedderStatus; readonly documents: readonly Document[] };

/** What makes the vectors now, how many there are, and how far the documents are. */
export function IndexTab({ status, documents }: Props) {
  const { t } = useTranslation('knowledge');
  const format = useFormat();
  const nameOf = useEmbedderNames(status);
  const refresh = useRefresh();
  const again = useMutation(
    orpc.knowledge.rebuild.mutationOptions({
      onSettled: () => refresh('knowledge'),
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
      {again.error && <ErrorState error={again.error} />}
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

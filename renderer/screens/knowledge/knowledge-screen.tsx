import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Document } from '../../../main/api/contract/knowledge.ts';
import { orpc, useEngine, useRefresh } from '../../engine-hooks.ts';
import { navigate, useRoute } from '../../router.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { ImeTextInput } from '../../ui/ime.tsx';
import { Loading } from '../../ui/loading.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { showUndoBar } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { DocumentDrawer } from './document-drawer.tsx';
import { DocumentTable } from './document-table.tsx';
import { FileDrop } from './file-drop.tsx';
import classes from './knowledge.module.css';

const NEW = 'new';

/** `#/knowledge`, `#/knowledge/new`, `#/knowledge/<document id>` */
export function KnowledgeScreen() {
  const { t } = useTranslation('knowledge');
  const { id } = useRoute();
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), 250);
  const documents = useQuery(orpc.knowledge.list.queryOptions());
  const list = documents.data ?? [];
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          <Button leftSection={<IconPlus size={16} />} onClick={() => navigate('knowledge', NEW)}>
            {t('add')}
          </Button>
        }
      />
      <Stack gap="md">
        <ImeTextInput
          aria-label={t('searchLabel')}
          placeholder={t('searchPlaceholder')}
          leftSection={<IconSearch size={16} />}
          data-search
          maxLength={2000}
          value={text}
          onChange={(e) => setText(e.currentTarget.value)}
        />
        {documents.error && <ErrorState error={documents.error} retry={() => void documents.refetch()} />}
        {documents.isPending && <Loading />}
        {wanted ? (
          <Hits text={wanted} clear={() => setText('')} />
        ) : (
          documents.data && <Library documents={list} />
        )}
      </Stack>
      <DocumentDrawer
        id={id === NEW ? null : id}
        opened={id !== null}
        onClose={() => navigate('knowledge')}
      />
    </>
  );
}

function Library({ documents }: { readonly documents: readonly Document[] }) {
  const { t } = useTranslation(['knowledge', 'common']);
  const [tag, setTag] = useState<string | null>(null);
  const tags = useMemo(() => [...new Set(documents.flatMap((d) => d.tags))].sort(), [documents]);
  const shown = tag === null ? documents : documents.filter((d) => d.tags.includes(tag));
  const { remove, error } = useRemoval();
  return (
    <Stack gap="sm">
      {error !== null && <ErrorState error={error} />}
      <FileDrop />
      {tags.length > 0 && (
        <Select
          w={220}
          aria-label={t('filterTag')}
          placeholder={t('allTags')}
          clearable
          data={tags}
          value={tag}
          onChange={setTag}
        />
      )}
      {documents.length === 0 ? (
        <EmptyState
          kind="never"
          title={t('empty')}
          text={t('emptyText')}
          action={{ label: t('add'), onClick: () => navigate('knowledge', NEW) }}
        />
      ) : shown.length === 0 ? (
        <EmptyState
          kind="no-result"
          title={t('noneForTag')}
          action={{ label: t('common:clearFilter'), onClick: () => setTag(null) }}
        />
      ) : (
        <DocumentTable documents={shown} onOpen={(d) => navigate('knowledge', d.id)} onRemove={remove} />
      )}
    </Stack>
  );
}

/** Deletes at once; the bar's Undo registers the same text again. */
function useRemoval(): { remove: (document: Document) => void; error: unknown } {
  const { t } = useTranslation(['knowledge', 'common']);
  const engine = useEngine();
  const refresh = useRefresh();
  const onSettled = (): void => refresh('knowledge');
  const restore = useMutation(orpc.knowledge.add.mutationOptions({ onSettled }));
  const removal = useMutation({
    onSettled,
    mutationFn: async (document: Document) => {
      const { text } = await engine.knowledge.get({ id: document.id });
      await engine.knowledge.remove({ id: document.id });
      return text;
    },
    onSuccess: (text, { title, tags, source }) =>
      showUndoBar({
        message: t('removed', { title }),
        undoLabel: t('common:undo'),
        undo: () => restore.mutate({ title, text, tags, source: source === 'file' ? 'file' : 'typed' }),
      }),
  });
  return { remove: removal.mutate, error: removal.error ?? restore.error };
}

function Hits({ text, clear }: { readonly text: string; readonly clear: () => void }) {
  const { t } = useTranslation('knowledge');
  const format = useFormat();
  const hits = useQuery(orpc.knowledge.search.queryOptions({ input: { text, limit: 20 } }));
  if (hits.error) return <ErrorState error={hits.error} retry={() => void hits.refetch()} />;
  if (!hits.data) return <Loading count={4} />;
  if (hits.data.length === 0)
    return (
      <EmptyState
        kind="no-result"
        title={t('noHits')}
        text={t('noHitsText')}
        action={{ label: t('clearSearch'), onClick: clear }}
      />
    );
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text size="sm" c="dimmed" role="status">
          {t('hits', { n: hits.data.length })}
        </Text>
        <Button size="compact-sm" variant="subtle" onClick={clear}>
          {t('clearSearch')}
        </Button>
      </Group>
      {hits.data.map((hit) => (
        <article key={hit.chunkId} className={classes['hit']}>
          <Group justify="space-between" wrap="nowrap">
            <Button
              variant="transparent"
              p={0}
              h="auto"
              onClick={() => navigate('knowledge', hit.documentId)}
            >
              {hit.title}
            </Button>
            <Text size="xs" c="dimmed">
              {t('score', { score: format.number(hit.score, 2) })}
            </Text>
          </Group>
          <div className={classes['hitText']}>{hit.text}</div>
        </article>
      ))}
    </Stack>
  );
}

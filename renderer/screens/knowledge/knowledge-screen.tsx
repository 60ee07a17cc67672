import { Button, Group, Paper, Stack, Tabs } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EmbedderStatus } from '../../../main/knowledge/contract/knowledge.ts';
import { useEmbedder, useEmbedderNames } from '../../embedder-names.ts';
import { orpc } from '../../engine-hooks.ts';
import { fromErrorData } from '../../errors.ts';
import { navigate, useRoute } from '../../router.ts';
import { useStageWords } from '../../tasks/stage-words.ts';
import { ImeTextInput } from '../../ui/ime.tsx';
import { PageHeader } from '../../ui/page.tsx';
import { ProgressRow } from '../../ui/progress-row.tsx';
import { ErrorState, Failed, Loading } from '../../ui/states.tsx';
import { Strong } from '../../ui/text.tsx';
import { useWords } from '../../words.ts';
import { DocumentDrawer } from './document-drawer.tsx';
import { FoldersTab } from './folders-tab.tsx';
import { IndexTab } from './index-tab.tsx';
import { Library } from './library.tsx';

const NEW = 'new';
const TABS = ['documents', 'folders', 'index'] as const;

/** `#/knowledge`, `…/folders`, `…/index`, `…/new`, `…/<document id>?chunk=<passage id>` */
export function KnowledgeScreen() {
  const t = useWords('knowledge');
  const { id, query } = useRoute();
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), 250);
  const documents = useQuery(orpc.knowledge.list.queryOptions());
  const embedder = useEmbedder();
  const tab = TABS.find((name) => name === id) ?? 'documents';
  const isDocument = id !== null && id !== tab;
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
      {embedder.data && <EmbedderBanner status={embedder.data} />}
      <Tabs
        value={tab}
        onChange={(name) => navigate('knowledge', name === 'documents' ? null : name)}
        mb="md"
      >
        <Tabs.List>
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <Stack gap="md">
        <Failed of={documents} />
        {embedder.error && tab === 'index' && <Failed of={embedder} />}
        {(documents.isPending || (embedder.isPending && tab === 'index')) && <Loading />}
        {tab === 'documents' && (
          <>
            <ImeTextInput
              aria-label={t('searchLabel')}
              placeholder={t('searchPlaceholder')}
              leftSection={<IconSearch size={16} />}
              data-search
              maxLength={2000}
              value={text}
              onChange={(e) => setText(e.currentTarget.value)}
            />
            {documents.data && (
              <Library documents={documents.data} wanted={wanted} clearSearch={() => setText('')} />
            )}
          </>
        )}
        {tab === 'folders' && <FoldersTab />}
        {tab === 'index' && embedder.data && documents.data && (
          <IndexTab status={embedder.data} documents={documents.data} />
        )}
      </Stack>
      <DocumentDrawer
        id={id === NEW || !isDocument ? null : id}
        cited={query['chunk'] ?? null}
        opened={isDocument}
        onClose={() => navigate('knowledge')}
      />
    </>
  );
}

/** While another embedder's indexes are made, or when that failed: what answers until then, and the way on. */
function EmbedderBanner({ status }: { readonly status: EmbedderStatus }) {
  const t = useWords('knowledge');
  const nameOf = useEmbedderNames(status);
  const stageWords = useStageWords();
  const cancel = useMutation(orpc.tasks.cancel.mutationOptions());
  const again = useMutation(orpc.knowledge.rebuild.mutationOptions());
  const { state, task, problem } = status;
  if (state === 'serving') return null;
  const names = { name: nameOf(status.wanted), serving: nameOf(status.serving) };
  return (
    <Paper withBorder p="sm" mb="md" bg="var(--surface)">
      {state === 'rebuilding' ? (
        <ProgressRow
          label={t('embedder.rebuilding', names)}
          stage={stageWords(task?.stage ?? null)}
          done={task?.done ?? 0}
          total={task?.total ?? null}
          {...(task ? { onCancel: () => cancel.mutate({ id: task.id }) } : {})}
        />
      ) : (
        <Stack gap="xs">
          <Group justify="space-between">
            <Strong>{t(`embedder.${state}`, names)}</Strong>
            <Button size="xs" variant="default" loading={again.isPending} onClick={() => again.mutate({})}>
              {state === 'stopped' ? t('embedder.goOn') : t('embedder.again')}
            </Button>
          </Group>
          {problem && <ErrorState error={fromErrorData(problem)} />}
        </Stack>
      )}
      {(cancel.error ?? again.error) && <ErrorState error={cancel.error ?? again.error} />}
    </Paper>
  );
}

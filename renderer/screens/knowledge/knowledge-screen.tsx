import { Button, Stack, Tabs } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEmbedder } from '../../embedder-names.ts';
import { orpc } from '../../engine-hooks.ts';
import { navigate, useRoute } from '../../router.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { ImeTextInput } from '../../ui/ime.tsx';
import { Loading } from '../../ui/loading.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { DocumentDrawer } from './document-drawer.tsx';
import { EmbedderBanner } from './embedder-banner.tsx';
import { FoldersTab } from './folders-tab.tsx';
import { IndexTab } from './index-tab.tsx';
import { Library } from './library.tsx';

const NEW = 'new';
const TABS = ['documents', 'folders', 'index'] as const;

/** `#/knowledge`, `…/folders`, `…/index`, `…/new`, `…/<document id>?chunk=<passage id>` */
export function KnowledgeScreen() {
  const { t } = useTranslation('knowledge');
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
        {documents.error && <ErrorState error={documents.error} retry={() => void documents.refetch()} />}
        {embedder.error && tab === 'index' && (
          <ErrorState error={embedder.error} retry={() => void embedder.refetch()} />
        )}
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

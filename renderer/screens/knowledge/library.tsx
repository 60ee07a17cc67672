import { Group, Select, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { DOCUMENT_SOURCES, type Document } from '../../../main/knowledge/contract/knowledge.ts';
import { orpc } from '../../engine-hooks.ts';
import { navigate } from '../../router.ts';
import { EmptyState, ErrorState } from '../../ui/states.tsx';
import { showUndoBar } from '../../ui/undo-bar.tsx';
import { useWords } from '../../words.ts';
import { DocumentTable } from './document-table.tsx';
import { FileDrop } from './file-drop.tsx';
import { Hits } from './hits.tsx';

const STATES = ['indexed', 'waiting', 'failed'] as const;
type Props = {
  readonly documents: readonly Document[];
  /** what is searched for; empty: everything is listed */
  readonly wanted: string;
  readonly clearSearch: () => void;
};

/** All documents, or what is found among them, by tag, kind and state. */
export function Library({ documents, wanted, clearSearch }: Props) {
  const t = useWords('knowledge');
  const [tag, setTag] = useState<string | null>(null);
  const [source, setSource] = useState<Document['source'] | null>(null);
  const [state, setState] = useState<Document['state'] | null>(null);
  const tags = useMemo(() => [...new Set(documents.flatMap((d) => d.tags))].sort(), [documents]);
  const shown = documents.filter(
    (d) =>
      (tag === null || d.tags.includes(tag)) &&
      (source === null || d.source === source) &&
      (state === null || d.state === state),
  );
  const clear = (): void => {
    setTag(null);
    setSource(null);
    setState(null);
  };
  const { remove, error } = useRemoval();
  return (
    <Stack gap="sm">
      <ErrorState error={error} />
      {!wanted && <FileDrop />}
      {documents.length > 0 && (
        <Group gap="xs">
          <Select
            w={190}
            aria-label={t('filterTag')}
            placeholder={t('allTags')}
            clearable
            disabled={tags.length === 0}
            data={tags}
            value={tag}
            onChange={setTag}
          />
          <Select
            w={190}
            aria-label={t('filterSource')}
            placeholder={t('allSources')}
            clearable
            data={DOCUMENT_SOURCES.map((value) => ({ value, label: t(`sources.${value}`) }))}
            value={source}
            onChange={(value) => setSource(DOCUMENT_SOURCES.find((s) => s === value) ?? null)}
          />
          {!wanted && (
            <Select
              w={190}
              aria-label={t('filterState')}
              placeholder={t('allStates')}
              clearable
              data={STATES.map((value) => ({ value, label: t(`states.${value}`) }))}
              value={state}
              onChange={(value) => setState(STATES.find((s) => s === value) ?? null)}
            />
          )}
        </Group>
      )}
      {wanted ? (
        <Hits text={wanted} tag={tag} source={source} clear={clearSearch} />
      ) : documents.length === 0 ? (
        <EmptyState
          kind="never"
          title={t('empty')}
          text={t('emptyText')}
          action={{ label: t('add'), onClick: () => navigate('knowledge', 'new') }}
        />
      ) : shown.length === 0 ? (
        <EmptyState
          kind="no-result"
          title={t('noneForFilter')}
          action={{ label: t('common:clearFilter'), onClick: clear }}
        />
      ) : (
        <DocumentTable documents={shown} onOpen={(d) => navigate('knowledge', d.id)} onRemove={remove} />
      )}
    </Stack>
  );
}

/** Hides at once; the bar's Undo brings it back as it was, with its count of uses. */
function useRemoval(): { remove: (document: Document) => void; error: unknown } {
  const t = useWords('knowledge');
  const restore = useMutation(orpc.knowledge.restore.mutationOptions());
  const removal = useMutation(orpc.knowledge.remove.mutationOptions());
  return {
    remove: ({ id, title }) =>
      removal.mutate(
        { id },
        {
          onSuccess: () => showUndoBar(t('removed', { title }), () => restore.mutate({ id })),
        },
      ),
    error: removal.error ?? restore.error,
  };
}

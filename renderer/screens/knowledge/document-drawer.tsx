import { Badge, Button, Drawer, Group, Stack } from '@mantine/core';
import { IconEdit } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Document } from '../../../main/api/contract/knowledge.ts';
import { orpc } from '../../engine-hooks.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Note } from '../../ui/text.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { useFormat } from '../../use-format.ts';
import { DocumentForm } from './document-form.tsx';
import { DocumentState } from './document-state.tsx';
import { DocumentText } from './document-text.tsx';

type Props = {
  /** null: a new one */
  readonly id: string | null;
  /** the passage a citation leads to */
  readonly cited: string | null;
  readonly opened: boolean;
  readonly onClose: () => void;
};
export function DocumentDrawer({ id, cited, opened, onClose }: Props) {
  const { t } = useTranslation(['knowledge', 'common']);
  const found = useQuery({
    ...orpc.knowledge.get.queryOptions({ input: { id: id ?? '-' } }),
    enabled: opened && id !== null,
  });
  const [editing, setEditing] = useState<string | null>(null);
  const document = found.data?.document;
  const isEdited = id !== null && editing === id;
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      size="xl"
      title={id === null ? t('addTitle') : isEdited ? t('editTitle') : (document?.title ?? t('title'))}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {id === null && <DocumentForm id={null} start={{ title: '', text: '', tags: [] }} onDone={onClose} />}
      {id !== null && found.error && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {id !== null && found.isPending && <Loading kind="text" />}
      {found.data && document && isEdited && (
        <DocumentForm
          key={`${id} ${document.updatedAt}`}
          id={id}
          start={{ title: document.title, text: found.data.text, tags: document.tags }}
          onDone={() => setEditing(null)}
        />
      )}
      {found.data && document && id !== null && !isEdited && (
        <Stack gap="md">
          <About document={document} />
          {(document.source === 'typed' || document.source === 'file') && (
            <Group>
              <Button
                variant="default"
                size="xs"
                leftSection={<IconEdit size={15} />}
                onClick={() => setEditing(id)}
              >
                {t('common:edit')}
              </Button>
            </Group>
          )}
          <DocumentText text={found.data.text} passages={found.data.chunks} cited={cited} />
        </Stack>
      )}
    </Drawer>
  );
}

function About({ document }: { readonly document: Document }) {
  const { t } = useTranslation('knowledge');
  const format = useFormat();
  const note =
    document.source === 'company' ? t('companyNote') : document.folderId !== null ? t('folderNote') : null;
  const facts: (readonly [string, ReactNode])[] = [
    [t('source'), t(`sources.${document.source}`)],
    [t('state'), <DocumentState key="state" document={document} />],
  ];
  if (document.tags.length > 0)
    facts.push([
      t('tags'),
      <Group key="tags" gap={4}>
        {document.tags.map((tag) => (
          <Badge key={tag} size="sm" variant="light" color="gray" tt="none">
            {tag}
          </Badge>
        ))}
      </Group>,
    ]);
  if (document.path !== null) facts.push([t('path'), document.path]);
  if (document.author !== null) facts.push([t('author'), document.author]);
  if (document.modifiedAt !== null)
    facts.push([t('modified'), <TimeText key="modified" at={document.modifiedAt} />]);
  if (document.updatedAt > 0) facts.push([t('updated'), <TimeText key="updated" at={document.updatedAt} />]);
  facts.push([t('passages'), format.number(document.chunks)]);
  facts.push([t('usedTimes'), format.number(document.useCount)]);
  return (
    <>
      {note !== null && <Note>{note}</Note>}
      <Facts facts={facts} />
    </>
  );
}

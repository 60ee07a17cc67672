import { Badge, Button, Drawer, Group, Stack, TagsInput, Textarea } from '@mantine/core';
import { IconEdit } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Document, Passage } from '../../../main/knowledge/contract/knowledge.ts';
import { wordPlace } from '../../../main/knowledge/contract/words.ts';
import { orpc } from '../../engine-hooks.ts';
import { DialogActions } from '../../ui/confirm-dialog.tsx';
import { ImeTextInput } from '../../ui/ime.tsx';
import { Facts, Panel } from '../../ui/page.tsx';
import { ErrorState, Failed, Loading } from '../../ui/states.tsx';
import { Fine, Note, TimeText } from '../../ui/text.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { DocumentState } from './document-state.tsx';
import classes from './knowledge.module.css';

type Props = {
  /** null: a new one */
  readonly id: string | null;
  /** the passage a citation leads to */
  readonly cited: string | null;
  readonly opened: boolean;
  readonly onClose: () => void;
};
export function DocumentDrawer({ id, cited, opened, onClose }: Props) {
  const t = useWords('knowledge');
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
    >
      {id === null && <DocumentForm id={null} start={{ title: '', text: '', tags: [] }} onDone={onClose} />}
      {id !== null && found.error && <Failed of={found} />}
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
  const t = useWords('knowledge');
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

type DocumentTextProps = {
  readonly text: string;
  readonly passages: readonly Passage[];
  /** the passage an answer quoted; null: none in particular */
  readonly cited: string | null;
};
/** A document word for word, the quoted passage marked and in sight. */
function DocumentText({ text, passages, cited }: DocumentTextProps) {
  const t = useWords('knowledge');
  const { lang, dot } = useFormat();
  const mark = useRef<HTMLElement>(null);
  const passage = cited === null ? null : passages.find((p) => p.id === cited);
  const place = passage ? `${passage.id} ${passage.from}` : null;
  useEffect(() => {
    if (place !== null) mark.current?.scrollIntoView({ block: 'center' });
  }, [place]);
  return (
    <>
      {cited !== null && (
        <Note role="status">
          {passage?.place && `${wordPlace(passage.place, lang)}${dot}`}
          {passage ? t('cited') : t('citedGone')}
        </Note>
      )}
      <Panel p="0.9rem 1rem" lh={1.75} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {passage ? (
          <>
            {text.slice(0, passage.from)}
            <mark ref={mark} className={classes['cited']}>
              {text.slice(passage.from, passage.to)}
            </mark>
            {text.slice(passage.to)}
          </>
        ) : (
          text
        )}
      </Panel>
    </>
  );
}

type Draft = { readonly title: string; readonly text: string; readonly tags: string[] };
type DocumentFormProps = { readonly id: string | null; readonly start: Draft; readonly onDone: () => void };

/** A document typed, pasted or changed. */
function DocumentForm({ id, start, onDone }: DocumentFormProps) {
  const t = useWords('knowledge');
  const format = useFormat();
  const [draft, setDraft] = useState<Draft>(start);
  const onSuccess = (): void => {
    showDone(t('common:saved'));
    onDone();
  };
  const add = useMutation(orpc.knowledge.add.mutationOptions({ onSuccess }));
  const update = useMutation(orpc.knowledge.update.mutationOptions({ onSuccess }));
  const ready = draft.title.trim() !== '' && draft.text.trim() !== '';
  const save = (): void => {
    if (!ready) return;
    if (id === null) add.mutate(draft);
    else update.mutate({ id, ...draft });
  };
  const problem = add.error ?? update.error;
  return (
    <Stack>
      <ImeTextInput
        label={t('name')}
        required
        maxLength={300}
        data-autofocus
        value={draft.title}
        onChange={(e) => setDraft({ ...draft, title: e.currentTarget.value })}
      />
      <Textarea
        label={t('text')}
        description={t('textHelp')}
        required
        minRows={12}
        maxRows={24}
        value={draft.text}
        onChange={(e) => setDraft({ ...draft, text: e.currentTarget.value })}
      />
      <Fine mt={-8}>{t('characters', { n: format.number(draft.text.length) })}</Fine>
      <TagsInput
        label={t('tags')}
        description={t('tagsHelp')}
        maxTags={20}
        value={draft.tags}
        onChange={(tags) => setDraft({ ...draft, tags: tags.map((tag) => tag.slice(0, 50)) })}
      />
      <ErrorState error={problem} />
      <DialogActions
        confirm={t('common:save')}
        onClose={onDone}
        disabled={!ready}
        loading={add.isPending || update.isPending}
        onConfirm={save}
      />
    </Stack>
  );
}

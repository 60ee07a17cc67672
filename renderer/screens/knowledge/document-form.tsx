import { Button, Group, Stack, TagsInput, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, useRefresh } from '../../engine-hooks.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { ImeTextInput } from '../../ui/ime.tsx';
import { Fine } from '../../ui/text.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';

type Draft = { readonly title: string; readonly text: string; readonly tags: string[] };
type Props = { readonly id: string | null; readonly start: Draft; readonly onDone: () => void };

/** A document typed, pasted or changed. */
export function DocumentForm({ id, start, onDone }: Props) {
  const { t } = useTranslation(['knowledge', 'common']);
  const format = useFormat();
  const [draft, setDraft] = useState<Draft>(start);
  const refresh = useRefresh();
  const onSuccess = (): void => {
    refresh('knowledge');
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
      {problem && <ErrorState error={problem} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button disabled={!ready} loading={add.isPending || update.isPending} onClick={save}>
          {t('common:save')}
        </Button>
      </Group>
    </Stack>
  );
}

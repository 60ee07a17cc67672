import { Button, Group, Modal, Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import type { Query, SavedView } from '../../../main/measures/contract/measures.ts';
import { ImeTextInput } from '../../ui/ime.tsx';
import { Failed } from '../../ui/states.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useWords } from '../../words.ts';
import type { Views } from './use-views.ts';

const NAME_LETTERS = 100;

/** A query gets a name, or a saved view another one. `view`: null for a new one. */
export type Saving = { readonly view: SavedView | null; readonly query: Query; readonly name: string };
type Props = {
  readonly saving: Saving | null;
  readonly views: Views;
  readonly onSaved: (view: SavedView) => void;
  readonly onClose: () => void;
};
export function SaveDialog({ saving, views, onSaved, onClose }: Props) {
  const t = useWords('analytics');
  return (
    <Modal
      opened={saving !== null}
      onClose={onClose}
      title={t(saving?.view ? 'saved.renameTitle' : 'save.title')}
    >
      {saving && <Form saving={saving} views={views} onSaved={onSaved} />}
    </Modal>
  );
}

function Form({ saving, views, onSaved }: Pick<Props, 'views' | 'onSaved'> & { readonly saving: Saving }) {
  const t = useWords('analytics');
  const { view, query } = saving;
  const [name, setName] = useState(saving.name);
  const [nightly, setNightly] = useState(view?.nightly ?? false);
  const { save } = views;
  const done =
    name.trim() === ''
      ? null
      : (): void =>
          save.mutate(
            { ...(view && { id: view.id }), name: name.trim(), query, nightly },
            {
              onSuccess: (saved) => {
                showDone(t('save.done', { name: saved.name }));
                onSaved(saved);
              },
            },
          );
  return (
    <Stack gap="md">
      <ImeTextInput
        label={t('save.name')}
        placeholder={t('save.namePlaceholder')}
        value={name}
        maxLength={NAME_LETTERS}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
        onEnter={() => done?.()}
      />
      <Switch
        label={t('save.nightly')}
        description={t('save.nightlyHelp')}
        checked={nightly}
        onChange={(event) => setNightly(event.currentTarget.checked)}
      />
      <Failed of={save} />
      <Group justify="flex-end">
        <Button disabled={done === null} loading={save.isPending} onClick={() => done?.()}>
          {t('common:save')}
        </Button>
      </Group>
    </Stack>
  );
}

import { ActionIcon, Button, Group, Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconStar, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LineFilter, SavedSearch } from '../../../../main/api/contract/logs.ts';
import { orpc } from '../../../engine-hooks.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { ImeTextInput } from '../../../ui/ime.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { showDone, showUndoBar } from '../../../ui/undo-bar.tsx';
import classes from './explore.module.css';

type Props = {
  /** what would be saved now */
  readonly filter: LineFilter;
  readonly onUse: (filter: LineFilter) => void;
};

/** Searches with a name: use one, keep this one, take one away. */
export function SavedMenu({ filter, onUse }: Props) {
  const { t } = useTranslation(['logs', 'common']);
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus width={320}>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconStar size={15} />}
          rightSection={<IconChevronDown size={14} />}
          onClick={() => setOpened(!opened)}
        >
          {t('saved.title')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('saved.title')}>
        {opened && (
          <SavedList
            filter={filter}
            onUse={(next) => {
              onUse(next);
              setOpened(false);
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function SavedList({ filter, onUse }: Props) {
  const { t } = useTranslation(['logs', 'common']);
  const client = useQueryClient();
  const [name, setName] = useState('');
  const saved = useQuery(orpc.logs.saved.queryOptions());
  const onSettled = () => client.invalidateQueries({ queryKey: orpc.logs.saved.key() });
  const save = useMutation(
    orpc.logs.save.mutationOptions({
      onSettled,
      onSuccess: ({ name: kept }) => {
        setName('');
        showDone(t('saved.kept', { name: kept }));
      },
    }),
  );
  const remove = useMutation(orpc.logs.removeSaved.mutationOptions({ onSettled }));
  const takeAway = (search: SavedSearch): void =>
    remove.mutate(
      { id: search.id },
      {
        onSuccess: () =>
          showUndoBar({
            message: t('saved.removed', { name: search.name }),
            undoLabel: t('common:undo'),
            undo: () => save.mutate({ name: search.name, filter: search.filter }),
          }),
      },
    );
  const keep = (): void => {
    if (name.trim()) save.mutate({ name: name.trim(), filter });
  };
  return (
    <Stack gap="xs">
      {saved.isPending && <Loading kind="text" count={2} />}
      {saved.error && <ErrorState error={saved.error} retry={() => void saved.refetch()} />}
      {saved.data?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('saved.none')}
        </Text>
      )}
      {saved.data?.map((search) => (
        <Group key={search.id} gap={4} wrap="nowrap">
          <UnstyledButton className={classes['savedName']} onClick={() => onUse(search.filter)}>
            {search.name}
          </UnstyledButton>
          <ActionIcon
            size="sm"
            aria-label={t('saved.remove', { name: search.name })}
            onClick={() => takeAway(search)}
          >
            <IconTrash size={14} />
          </ActionIcon>
        </Group>
      ))}
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <ImeTextInput
          flex={1}
          size="xs"
          label={t('saved.name')}
          placeholder={t('saved.example')}
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onEnter={keep}
        />
        <Button size="xs" disabled={!name.trim()} loading={save.isPending} onClick={keep}>
          {t('common:save')}
        </Button>
      </Group>
      {save.error && <ErrorState error={save.error} />}
      {remove.error && <ErrorState error={remove.error} />}
    </Stack>
  );
}

import { ActionIcon, Button, Group, Popover, ScrollArea, Stack, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconStar, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LogSource, SavedFilter, SavedSearch } from '../../../../main/logs/contract/logs.ts';
import { orpc } from '../../../engine-hooks.ts';
import { queryOf } from '../../../logs/log-address.ts';
import { useRangeWords } from '../../../logs/range-picker.tsx';
import { ImeTextInput } from '../../../ui/ime.tsx';
import { Failed, Pending } from '../../../ui/states.tsx';
import { Fine, Note } from '../../../ui/text.tsx';
import { showDone, showUndoBar } from '../../../ui/undo-bar.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import classes from './explore.module.css';

type Props = {
  /** what would be saved now */
  readonly filter: SavedFilter;
  readonly sources: readonly LogSource[];
  readonly onUse: (filter: SavedFilter) => void;
};
/** from so many on they are looked for by name */
const FIND_FROM = 8;
/** so many are in the page at once; the name finds the others */
const SHOWN = 30;

/** Searches with a name: use one, keep this one, take one away. */
export function SavedMenu(props: Props) {
  const t = useWords('logs');
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus width={360}>
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
            {...props}
            onUse={(next) => {
              props.onUse(next);
              setOpened(false);
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function SavedList({ filter, sources, onUse }: Props) {
  const t = useWords('logs');
  const format = useFormat();
  const filterWords = useFilterWords(sources);
  const [name, setName] = useState('');
  const [looked, setLooked] = useState('');
  const saved = useQuery(orpc.logs.saved.queryOptions());
  const save = useMutation(orpc.logs.save.mutationOptions());
  const remove = useMutation(orpc.logs.removeSaved.mutationOptions());
  const offerBack = (message: string, search: SavedSearch): void =>
    showUndoBar(message, () => save.mutate({ name: search.name, filter: search.filter }));
  const takeAway = (search: SavedSearch): void =>
    remove.mutate(
      { id: search.id },
      { onSuccess: () => offerBack(t('saved.removed', { name: search.name }), search) },
    );
  const keep = (): void => {
    const before = saved.data?.find((search) => search.name === name.trim());
    if (!name.trim()) return;
    save.mutate(
      { name: name.trim(), filter },
      {
        onSuccess: ({ name: kept }) => {
          setName('');
          if (before) offerBack(t('saved.replaced', { name: kept }), before);
          else showDone(t('saved.kept', { name: kept }));
        },
      },
    );
  };
  const wanted = folded(looked);
  const found = saved.data?.filter((search) => folded(search.name).includes(wanted)) ?? [];
  return (
    <Stack gap="xs">
      {!saved.isSuccess && <Pending of={saved} kind="text" count={2} />}
      {saved.data?.length === 0 && <Note>{t('saved.none')}</Note>}
      {((saved.data?.length ?? 0) >= FIND_FROM || looked !== '') && (
        <ImeTextInput
          size="xs"
          aria-label={t('saved.find')}
          placeholder={t('saved.find')}
          value={looked}
          onChange={(event) => setLooked(event.currentTarget.value)}
        />
      )}
      <ScrollArea.Autosize mah={320}>
        {found.slice(0, SHOWN).map((search) => (
          <Group key={search.id} gap={4} wrap="nowrap">
            <UnstyledButton className={classes['savedName']} onClick={() => onUse(search.filter)}>
              {search.name}
              <Fine truncate span display="block">
                {filterWords(search.filter)}
              </Fine>
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
      </ScrollArea.Autosize>
      {saved.data && saved.data.length > 0 && found.length === 0 && <Note>{t('saved.notFound')}</Note>}
      {found.length > SHOWN && <Fine>{t('saved.more', { n: format.number(found.length - SHOWN) })}</Fine>}
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <ImeTextInput
          flex={1}
          size="xs"
          label={t('saved.name')}
          description={filterWords(filter)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
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
      <Failed of={save} />
      <Failed of={remove} />
    </Stack>
  );
}
const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** A search in one line: its words, what narrows it, its range where it has one of its own. */
function useFilterWords(sources: readonly LogSource[]): (filter: SavedFilter) => string {
  const t = useWords('logs');
  const format = useFormat();
  const rangeWords = useRangeWords();
  const nameOf = (id: string): string => sources.find((source) => source.id === id)?.name ?? id;
  return (filter) => {
    const { query, range } = queryOf(filter);
    const kinds = (ids: readonly number[] | undefined, label: string): string | null =>
      ids?.length ? `${label} ${t('filter.templates', { n: ids.length })}` : null;
    const parts = [
      query.words &&
        (query.mode === 'meaning' ? `${t('search.modes.meaning')}: ${query.words}` : query.words),
      query.levels?.map((level) => t(`level.${level || 'none'}`)).join(t('filter.or')),
      query.services?.map((name) => name || t('filter.noService')).join(t('filter.or')),
      query.sources?.map(nameOf).join(t('filter.or')),
      kinds(query.templates, t('filter.template')),
      kinds(query.notTemplates, t('filter.not', { label: t('filter.template') })),
      ...(query.fields ?? []).map(
        ({ key, value, not }) =>
          // a parameter's number says nothing to a person
          `${not ? '≠ ' : ''}${/^\d+\.\d+$/.test(key) ? '' : `${key}=`}${value}`,
      ),
      query.bookmarked && t('filter.bookmarks'),
      query.noise && t('filter.withNoise'),
      range.kind === 'between' && rangeWords(range),
    ].filter((part) => typeof part === 'string' && part !== '');
    return parts.length ? parts.join(format.dot) : t('filter.allLines');
  };
}

import { ActionIcon, Flex, SegmentedControl } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { LogQuery, SearchMode } from '../../../logs/log-address.ts';
import { ImeTextInput } from '../../../ui/ime.tsx';
import { useWords } from '../../../words.ts';
import classes from './explore.module.css';
import { regexFault } from './regex-fault.ts';
import { withWords } from './use-explore.ts';

type Props = {
  readonly query: LogQuery;
  readonly onQuery: (query: LogQuery) => void;
  /** down, to what was found */
  readonly onDown: () => void;
};
const MODES = ['words', 'regex', 'meaning'] as const;

/** What is looked for, and how the words are meant. Enter searches; Escape takes back what was typed; arrow down goes to the lines. */
export function SearchBar({ query, onQuery, onDown }: Props) {
  const t = useWords('logs');
  const mode = query.mode ?? 'words';
  const [text, setText] = useState(query.words ?? '');
  useEffect(() => setText(query.words ?? ''), [query.words]);
  const wrong = mode === 'regex' && text.trim() !== '' ? regexFault(text.trim()) : null;
  const send = (words: string, as: SearchMode = mode): void => {
    if (as === 'regex' && words.trim() && regexFault(words.trim())) return;
    const { mode: _, ...rest } = withWords(query, words);
    onQuery(as === 'words' ? rest : { ...rest, mode: as });
  };
  return (
    <Flex wrap="wrap" align="flex-start" gap="0.5rem" flex="1 1 26rem">
      <ImeTextInput
        className={classes['searchInput'] ?? ''}
        aria-label={t('search.label')}
        placeholder={t(`search.placeholder.${mode}`)}
        leftSection={<IconSearch size={16} />}
        rightSection={
          text !== '' && (
            <ActionIcon
              size="sm"
              aria-label={t('search.clear')}
              onClick={() => {
                setText('');
                send('');
              }}
            >
              <IconX size={14} />
            </ActionIcon>
          )
        }
        data-search
        maxLength={500}
        value={text}
        error={
          wrong &&
          t('search.badRegex', { why: wrong.fault ? t(`search.regexFaults.${wrong.fault}`) : wrong.said })
        }
        onChange={(event) => setText(event.currentTarget.value)}
        onEnter={() => send(text)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' && !event.altKey && !event.shiftKey) {
            event.preventDefault();
            onDown();
          }
          if (event.key === 'Escape' && text !== (query.words ?? '')) {
            event.stopPropagation();
            setText(query.words ?? '');
          }
        }}
      />
      <SegmentedControl
        size="sm"
        aria-label={t('search.mode')}
        value={mode}
        onChange={(next) => {
          const as = MODES.find((name) => name === next) ?? 'words';
          send(text, as);
        }}
        data={MODES.map((value) => ({ value, label: t(`search.modes.${value}`) }))}
      />
    </Flex>
  );
}

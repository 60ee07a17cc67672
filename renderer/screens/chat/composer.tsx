import { ActionIcon, Group, Text } from '@mantine/core';
import { IconArrowUp, IconPlayerStopFilled } from '@tabler/icons-react';
import { type Ref, useState } from 'react';
import { CHAT_LIMIT } from '../../../main/chat/contract/chat.ts';
import { useSettings } from '../../engine-hooks.ts';
import { ImeTextarea } from '../../ui/ime.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './chat.module.css';

type Props = {
  readonly draft: string;
  readonly writing: boolean;
  readonly inputRef: Ref<HTMLTextAreaElement>;
  readonly onDraft: (text: string) => void;
  readonly onSend: () => void;
  readonly onStop: () => void;
};
const COUNT_FROM = CHAT_LIMIT - 1000;
/** A browser lays a text area out in time that grows with the square of its length: what is far too long is not let in at all. */
const TAKEN_IN = 10 * CHAT_LIMIT;

/** Where a question is written. Enter (or Ctrl+Enter, by the settings) sends; never the Enter of a conversion. */
export function Composer({ draft, writing, inputRef, onDraft, onSend, onStop }: Props) {
  const t = useWords('chat');
  const format = useFormat();
  const sendWith = useSettings()?.sendWith ?? 'enter';
  const [refused, setRefused] = useState<number | null>(null);
  const length = draft.length;
  const over = length - CHAT_LIMIT;
  const ready = !writing && over <= 0 && draft.trim() !== '';
  const send = (): void => {
    if (ready) onSend();
  };
  const takeIn = (event: { preventDefault: () => void }, data: DataTransfer): void => {
    const { length: given } = data.getData('text');
    const fits = length + given <= TAKEN_IN;
    setRefused(fits ? null : given);
    if (!fits) event.preventDefault();
  };
  const problem =
    refused !== null
      ? t('notTakenIn', { n: format.number(refused), limit: format.number(CHAT_LIMIT) })
      : over > 0
        ? t('tooLong', { over: format.number(over) })
        : null;
  return (
    <div className={classes['composer']}>
      <ImeTextarea
        ref={inputRef}
        aria-label={t('inputLabel')}
        placeholder={t('placeholder')}
        value={draft}
        onChange={(event) => {
          setRefused(null);
          onDraft(event.currentTarget.value);
        }}
        onPaste={(event) => takeIn(event, event.clipboardData)}
        onDrop={(event) => takeIn(event, event.dataTransfer)}
        onEnter={send}
        with={sendWith}
        minRows={1}
        maxRows={9}
        variant="unstyled"
        classNames={{ input: classes['input'] ?? '' }}
        aria-invalid={over > 0}
        aria-describedby="chat-hint"
      />
      <Group gap={12} wrap="nowrap" justify="space-between">
        <Text
          id="chat-hint"
          size="xs"
          c={problem === null ? 'dimmed' : 'var(--danger-text)'}
          role={problem === null ? undefined : 'alert'}
        >
          {problem ??
            (length >= COUNT_FROM
              ? t('count', { n: format.number(length), limit: format.number(CHAT_LIMIT) })
              : t(sendWith === 'enter' ? 'sendHintEnter' : 'sendHintCtrl'))}
        </Text>
        {writing ? (
          <ActionIcon
            variant="filled"
            color="red"
            size="lg"
            radius="xl"
            aria-label={t('stop')}
            title={t('stop')}
            onClick={onStop}
          >
            <IconPlayerStopFilled size={16} />
          </ActionIcon>
        ) : (
          <ActionIcon
            variant="filled"
            color="indigo"
            size="lg"
            radius="xl"
            aria-label={t('send')}
            title={t('send')}
            disabled={!ready}
            onClick={send}
          >
            <IconArrowUp size={18} />
          </ActionIcon>
        )}
      </Group>
    </div>
  );
}

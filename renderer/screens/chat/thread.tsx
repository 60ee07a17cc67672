import { Box, Button, VisuallyHidden } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../main/api/contract/chat.ts';
import { isArranging, isWriting, type Live } from '../../stores/conversations.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import classes from './chat.module.css';
import { AnswerView, type Ask, LiveAnswer, QuestionView } from './message-view.tsx';
import { Suggestions } from './suggestions.tsx';
import { answerTo, questionOf } from './thread-model.ts';
import { useFollow } from './use-follow.ts';

type Props = {
  readonly sessionKey: string;
  readonly messages: readonly Message[];
  readonly live: Live | undefined;
  readonly onAsk: Ask;
  readonly onEdit: (text: string) => void;
  /** ends the arranging; the words stay as they are */
  readonly onKeepWords: () => void;
};

export function Thread({ sessionKey, messages, live, onAsk, onEdit, onKeepWords }: Props) {
  const { t } = useTranslation('chat');
  const writing = live !== undefined && isWriting(live);
  const asked = messages.findLast((message) => message.role === 'user')?.id ?? '';
  const { box, away, toLatest } = useFollow(sessionKey, asked);
  // a button that was asked for gets the focus with the answer, not when the chat is opened again
  const fresh = useRef<string | null>(null);
  if (live?.answer) fresh.current = live.answer.id;
  const last = messages.at(-1);
  const lastAnswer = messages.findLast((message) => message.role === 'assistant');
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer is read out once, not again with every line that is arranged
  const announced = useMemo(() => lastAnswer?.text ?? '', [lastAnswer?.id]);
  return (
    <Box pos="relative" flex={1} mih={0}>
      <div ref={box} className={classes['thread']}>
        <Box maw={780} m="0 auto" p="4px 12px 24px">
          {messages.length === 0 && !live && <Suggestions onAsk={onAsk} />}
          {messages.map((message) =>
            message.role === 'user' ? (
              <QuestionView
                key={message.id}
                message={message}
                reading={answerTo(messages, message)?.body.reading ?? null}
                onEdit={writing ? null : () => onEdit(message.text)}
              />
            ) : (
              <AnswerView
                key={message.id}
                message={message}
                question={questionOf(messages, message)?.text ?? ''}
                isLast={message.id === last?.id}
                isFresh={message.id === fresh.current}
                onAsk={writing ? null : onAsk}
                arranging={
                  live && isArranging(live) && live.answer?.id === message.id
                    ? { ...(live.arranged ?? { done: 0, of: 0 }), onKeep: onKeepWords }
                    : null
                }
              />
            ),
          )}
          {live && writing && !live.asked && (
            <div className={classes['pending']} data-question>
              {live.question.text}
            </div>
          )}
          {live && writing && <LiveAnswer live={live} />}
          {live?.error != null && (
            <ErrorState error={live.error} retry={() => onAsk(live.question.text, live.question.plans)} />
          )}
        </Box>
      </div>
      {away && (
        <Button
          className={classes['toEnd'] ?? ''}
          size="compact-sm"
          radius="xl"
          variant="default"
          leftSection={<IconArrowDown size={14} />}
          onClick={toLatest}
        >
          {t('latest')}
        </Button>
      )}
      <VisuallyHidden role="status" aria-live="polite">
        {writing
          ? t(live.state === 'stopping' ? 'stopping' : 'writing')
          : live?.answer && lastAnswer
            ? t('answered', { text: announced })
            : ''}
      </VisuallyHidden>
    </Box>
  );
}

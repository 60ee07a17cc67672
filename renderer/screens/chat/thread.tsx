import { Box, Button, SimpleGrid, Title, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUpRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Message } from '../../../main/chat/contract/chat.ts';
import { orpc } from '../../engine-hooks.ts';
import { isArranging, isWriting, type Live } from '../../stores/conversations.ts';
import { ErrorState } from '../../ui/states.tsx';
import { Note } from '../../ui/text.tsx';
import { useWords } from '../../words.ts';
import classes from './chat.module.css';
import { AnswerView, type Ask, LiveAnswer, QuestionView } from './message-view.tsx';
import { answerTo, questionOf } from './thread-model.ts';

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
  const t = useWords('chat');
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

/** What could be asked now: first what is late at this moment, then the usual. */
function Suggestions({ onAsk }: { readonly onAsk: (text: string) => void }) {
  const t = useWords('chat');
  const rows = useQuery(orpc.situation.list.queryOptions({ input: {} })).data?.rows ?? [];
  const late = rows
    .filter((row) => row.risk === 'danger' || row.risk === 'watch')
    .toSorted((a, b) => (a.pOnTime ?? 1) - (b.pOnTime ?? 1));
  const calm = rows.filter((row) => row.risk === 'ok').toSorted((a, b) => b.people - a.people)[0];
  const texts = [
    ...late.slice(0, 2).map((row) => t('suggestLate', { location: row.location, process: row.process })),
    t('suggestRisk'),
    ...(calm ? [t('suggestImpact', { location: calm.location })] : []),
    ...(late.length ? [t('suggestAlerts')] : []),
    t('suggestPlan'),
    t('suggestProductivity'),
  ];
  return (
    <div className={classes['suggestions']}>
      <Title order={2}>{t('emptyTitle')}</Title>
      <Note mb="md">{t('emptyText')}</Note>
      <SimpleGrid minColWidth="250px" autoFlow="auto-fit" spacing={10}>
        {[...new Set(texts)].slice(0, 6).map((text) => (
          <UnstyledButton key={text} className={classes['suggestion']} onClick={() => onAsk(text)}>
            {text}
            <IconArrowUpRight size={15} aria-hidden />
          </UnstyledButton>
        ))}
      </SimpleGrid>
    </div>
  );
}

const NEAR_PX = 80;
const ABOVE_PX = 12;
type Follow = {
  readonly box: RefObject<HTMLDivElement | null>;
  /** the reader has scrolled up; new text does not move the page */
  readonly away: boolean;
  readonly toLatest: () => void;
};

/** Where the latest answer is best read: its end, but never with its question pushed out at the top. */
const latestTop = (box: HTMLElement): number => {
  const questions = box.querySelectorAll<HTMLElement>('[data-question]');
  const question = questions.item(questions.length - 1);
  const end = box.scrollHeight - box.clientHeight;
  if (!question) return end;
  const top = question.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
  return Math.min(end, top - ABOVE_PX);
};

/** Follows a growing conversation, but only while the reader is with it. `key` changes with the conversation. */
function useFollow(key: string, content: string): Follow {
  const box = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  /** where the page was put last */
  const put = useRef(0);
  const [away, setAway] = useState(false);
  const show = useCallback((element: HTMLElement, top: number) => {
    element.scrollTo({ top });
    put.current = element.scrollTop;
  }, []);
  const toLatest = useCallback(() => {
    following.current = true;
    setAway(false);
    if (box.current) show(box.current, latestTop(box.current));
  }, [show]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const onScroll = (): void => {
      // what grew since the page was put there makes nobody leave; only who goes up does
      if (element.scrollTop > latestTop(element) - NEAR_PX) following.current = true;
      else if (element.scrollTop < put.current - NEAR_PX) following.current = false;
      setAway(!following.current);
    };
    // cards fill in after the text: what grows is followed as well
    const growth = new ResizeObserver(() => {
      const top = latestTop(element);
      // who reads on below is not taken back up
      if (following.current && element.scrollTop < top) show(element, top);
    });
    if (element.firstElementChild) growth.observe(element.firstElementChild);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      growth.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [show]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation, or a new question, starts at the latest
  useLayoutEffect(() => toLatest(), [key, content, toLatest]);
  return { box, away, toLatest };
}

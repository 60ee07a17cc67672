import { ActionIcon, Box, Drawer, Flex, VisuallyHidden } from '@mantine/core';
import { IconLayoutSidebar } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { engine } from '../../engine-client.ts';
import { orpc } from '../../engine-hooks.ts';
import { navigate, replaceRoute, useRoute } from '../../router.ts';
import { ask, forget, isWriting, NEW, stop, useConversations } from '../../stores/conversations.ts';
import { useWide } from '../../ui/page.tsx';
import { EmptyState, Loading } from '../../ui/states.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './chat.module.css';
import { Composer } from './composer.tsx';
import type { Ask } from './message-view.tsx';
import { SessionList } from './session-list.tsx';
import { Thread } from './thread.tsx';
import { withLive } from './thread-model.ts';

export function ChatScreen() {
  const t = useWords('chat');
  const route = useRoute();
  const wide = useWide('68rem');
  const [listOpen, setListOpen] = useState(false);
  return (
    <Flex gap={20} pos="relative" h="var(--content-height)" mih={340}>
      <VisuallyHidden component="h1" tabIndex={-1} data-page-heading>
        {t('title')}
      </VisuallyHidden>
      {wide ? (
        <SessionList current={route.id} />
      ) : (
        <>
          <ActionIcon
            className={classes['openList'] ?? ''}
            variant="default"
            aria-label={t('showSessions')}
            title={t('showSessions')}
            onClick={() => setListOpen(true)}
          >
            <IconLayoutSidebar size={17} />
          </ActionIcon>
          <Drawer
            position="left"
            size={300}
            opened={listOpen}
            onClose={() => setListOpen(false)}
            title={t('sessions')}
          >
            <SessionList current={route.id} onPicked={() => setListOpen(false)} />
          </Drawer>
        </>
      )}
      <Conversation
        key={route.id ?? `${NEW}${route.query['ask'] ?? ''}`}
        sessionId={route.id}
        prefill={route.query['ask'] ?? ''}
        alertId={route.query['alert'] ?? null}
      />
    </Flex>
  );
}

type Props = {
  readonly sessionId: string | null;
  /** a question written by another screen, ready to be sent or changed */
  readonly prefill: string;
  readonly alertId: string | null;
};
function Conversation({ sessionId, prefill, alertId }: Props) {
  const t = useWords('chat');
  const { lang } = useFormat();
  const key = sessionId ?? NEW;
  const live = useConversations((s) => s.live[key]);
  const stored = useQuery(
    orpc.chat.messages.queryOptions({ input: { sessionId: key }, enabled: sessionId !== null }),
  );
  const [draft, setDraft] = useState(prefill);
  const [about, setAbout] = useState(alertId);
  const input = useRef<HTMLTextAreaElement>(null);
  const messages = withLive(stored.data ?? [], live);
  const writing = isWriting(live);
  const refetch = stored.refetch;

  useEffect(() => input.current?.focus(), []);
  // models are made ready while the question is being typed; what fails there only costs its help
  const typing = draft !== '';
  const opened = useRef(false);
  useEffect(() => {
    // opened, or beginning to type: in a chat that was left open, models may have left memory meanwhile
    if (opened.current && !typing) return;
    opened.current = true;
    void engine.chat.prepare({ lang }).catch(() => null);
  }, [lang, typing]);
  useEffect(() => {
    if (live?.state !== 'ended') return;
    // what the engine stored takes the place of what was streamed
    if (sessionId !== null && live.error === null) void refetch().then(() => forget(sessionId));
  }, [live, sessionId, refetch]);

  const send: Ask = (text, plans) => {
    const question = { sessionId, text, lang, ...(about && { alertId: about }), ...(plans && { plans }) };
    setAbout(null);
    void ask(question, (id) => {
      const here = window.location.hash;
      if (sessionId === null && /^#\/chat(\?|$)/.test(here)) replaceRoute('chat', id);
    });
  };
  if (stored.isError)
    return (
      <div className={classes['main']}>
        <EmptyState
          kind="failed"
          title={t('missing')}
          text={t('missingText')}
          action={{ label: t('newChat'), onClick: () => navigate('chat') }}
        />
      </div>
    );
  return (
    <div className={classes['main']}>
      {sessionId !== null && stored.isPending ? (
        <Box pos="relative" flex={1} mih={0}>
          <Box maw={780} m="0 auto" p="4px 12px 24px">
            <Loading kind="text" count={8} />
          </Box>
        </Box>
      ) : (
        <Thread
          sessionKey={key}
          messages={messages}
          live={live}
          onAsk={send}
          onKeepWords={() => stop(key)}
          onEdit={(text) => {
            setDraft(text);
            input.current?.focus();
          }}
        />
      )}
      <Composer
        draft={draft}
        writing={writing}
        inputRef={input}
        onDraft={setDraft}
        onSend={() => {
          send(draft.trim());
          setDraft('');
        }}
        onStop={() => stop(key)}
      />
    </div>
  );
}

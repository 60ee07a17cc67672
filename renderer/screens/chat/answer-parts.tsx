import { Anchor, Flex, Group, Kbd, Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconBook2, IconCornerDownRight } from '@tabler/icons-react';
import { useCallback, useEffect } from 'react';
import type { Lang } from '../../../main/api/contract/common.ts';
import type { Citation, Clarify, MessageBody } from '../../../main/chat/contract/chat.ts';
import { wordSource } from '../../../main/knowledge/contract/words.ts';
import type { Plan } from '../../../main/questions/contract/questions.ts';
import { MeasureChart } from '../../charts/measure-chart.tsx';
import type { Write } from '../../charts/measure-shape.ts';
import { href } from '../../router.ts';
import { writeMeasured } from '../../ui/csv.ts';
import { isImeKey } from '../../ui/ime.tsx';
import { Fine, Strong } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './chat.module.css';

/** The know-how an answer leans on: the very passage, and the way to its document. */
export function Citations({ citations }: { readonly citations: readonly Citation[] }) {
  const t = useWords('chat');
  const { lang } = useFormat();
  if (citations.length === 0) return null;
  return (
    <Group gap={6}>
      <Fine>{t('sources')}</Fine>
      {citations.map((citation, i) => (
        <Popover key={citation.chunkId} width={380} position="top-start" withArrow shadow="md" trapFocus>
          <Popover.Target>
            <UnstyledButton className={classes['citation']}>
              <IconBook2 size={13} aria-hidden />
              {i + 1}. {wordSource(citation.title, citation.place, lang)}
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown>
            <Text size="sm" mah={220} style={{ whiteSpace: 'pre-wrap', overflowY: 'auto' }}>
              {citation.excerpt}
            </Text>
            <Anchor
              size="sm"
              href={href('knowledge', citation.documentId, { chunk: citation.chunkId })}
              mt="xs"
              display="inline-block"
            >
              {t('openDocument')}
            </Anchor>
          </Popover.Dropdown>
        </Popover>
      ))}
    </Group>
  );
}

/** The charts that fit the tables of an answer. */
export function AnswerCharts({ body }: { readonly body: MessageBody }) {
  const format = useFormat();
  const write: Write = useCallback((value, column) => writeMeasured(value, column, format), [format]);
  return body.charts.map(({ table: at, kind }) => {
    const table = body.tables[at];
    return (
      table && (
        <div key={`${at}${kind}`} className={classes['chart']}>
          <MeasureChart table={table} kind={kind} lang={format.lang} write={write} />
        </div>
      )
    );
  });
}

type Props = {
  readonly next: MessageBody['next'];
  /** the question that was answered */
  readonly asked: string;
  /** of the answer: the conversation goes on in it */
  readonly lang: Lang;
  readonly onAsk: (text: string, plans?: readonly Plan[]) => void;
};
/** Questions that are natural after this answer. */
export function NextQuestions({ next, asked, lang, onAsk }: Props) {
  const t = useWords('chat');
  if (next.length === 0) return null;
  return (
    <Flex component="section" wrap="wrap" gap={6} aria-label={t('next')} lang={lang}>
      {next.map((question) => (
        <UnstyledButton
          key={question[lang]}
          className={classes['nextQuestion']}
          onClick={() => (question.plans ? onAsk(asked, question.plans) : onAsk(question[lang]))}
        >
          <IconCornerDownRight size={14} aria-hidden />
          {question[lang]}
        </UnstyledButton>
      ))}
    </Flex>
  );
}

type ClarifyCardProps = {
  readonly clarify: Clarify;
  /** of the answer: what is asked back goes on in it */
  readonly lang: 'ja' | 'en';
  /** the answer above the card, which may have asked already */
  readonly said: string;
  /** null for a question that has been answered already */
  readonly onAsk: ((text: string) => void) | null;
};
const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    (target instanceof HTMLInputElement && target.value !== '') ||
    (target instanceof HTMLTextAreaElement && target.value !== ''));

/** A question back with real options; the number keys choose while nothing is being typed. */
export function ClarifyCard({ clarify, lang, said, onAsk }: ClarifyCardProps) {
  const t = useWords('chat');
  useEffect(() => {
    if (!onAsk) return;
    const choose = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isImeKey(event) || typing(event.target)) return;
      const option = /^[1-9]$/.test(event.key) ? clarify.options[Number(event.key) - 1] : undefined;
      if (!option) return;
      event.preventDefault();
      onAsk(option.text[lang]);
    };
    window.addEventListener('keydown', choose);
    return () => window.removeEventListener('keydown', choose);
  }, [clarify, lang, onAsk]);
  return (
    <Stack
      gap={10}
      p="14px 16px"
      bd="1px solid var(--mantine-color-default-border)"
      bdrs="lg"
      bg="var(--surface)"
      lang={lang}
    >
      {!said.trimEnd().endsWith(clarify.question[lang]) && <Strong>{clarify.question[lang]}</Strong>}
      <Flex wrap="wrap" gap={8}>
        {clarify.options.map((option, i) => (
          <UnstyledButton
            key={option.text.en}
            className={classes['option']}
            disabled={onAsk === null}
            onClick={() => onAsk?.(option.text[lang])}
          >
            {i < 9 && <Kbd size="xs">{i + 1}</Kbd>}
            {option.label[lang]}
          </UnstyledButton>
        ))}
      </Flex>
      {onAsk && <Fine>{t('clarifyKeys', { n: Math.min(9, clarify.options.length) })}</Fine>}
    </Stack>
  );
}

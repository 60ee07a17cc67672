import { ActionIcon, Button, CopyButton, Group, Loader } from '@mantine/core';
import { IconCheck, IconCopy, IconPencil, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import type { ErrorData } from '../../../main/api/contract/common.ts';
import { wordError } from '../../../main/api/contract/errors.ts';
import type { Message } from '../../../main/chat/contract/chat.ts';
import type { Plan, Reading } from '../../../main/questions/contract/questions.ts';
import { AlertLines } from '../../alert/alert-lines.tsx';
import { fromErrorData } from '../../errors.ts';
import { ProposalCard } from '../../proposal/proposal-card.tsx';
import type { Live } from '../../stores/conversations.ts';
import { ErrorState } from '../../ui/states.tsx';
import { Fine, TimeText } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useModelWords } from '../../use-model-words.ts';
import { useWords } from '../../words.ts';
import { AnswerCharts, Citations, ClarifyCard, NextQuestions } from './answer-parts.tsx';
import classes from './chat.module.css';
import { FactText } from './fact-text.tsx';
import { cutAtLeft } from './plan-edit.ts';
import { ReadingLine } from './reading-line.tsx';
import { Steps } from './steps.tsx';

/** What the model ended with, and what helps; the answer itself is whole. */
function WhyNotWorded({ because }: { readonly because: ErrorData }) {
  const t = useWords('chat');
  const { lang } = useFormat();
  const { say, next } = wordError(fromErrorData(because), lang);
  return (
    <Fine role="note" mt="xs">
      {t('whyNotWorded', { say, next })}
    </Fine>
  );
}

type QuestionProps = {
  readonly message: Message;
  /** how its answer read it; null where it did not */
  readonly reading: Reading | null;
  readonly onEdit: (() => void) | null;
};
export function QuestionView({ message, reading, onEdit }: QuestionProps) {
  const t = useWords('chat');
  const account = reading?.text === message.text ? reading.account : [];
  return (
    <article className={classes['question']} aria-label={t('you')} data-question>
      <div className={classes['bubble']}>
        {cutAtLeft(message.text, account).map((piece) =>
          piece.left ? (
            <mark key={piece.start} title={t('left', { text: piece.text })}>
              {piece.text}
            </mark>
          ) : (
            <span key={piece.start}>{piece.text}</span>
          ),
        )}
      </div>
      <Group gap={2} mih={22}>
        <Fine mr={4}>
          <TimeText at={message.at} kind="time" />
        </Fine>
        <Copy text={message.text} />
        {onEdit && (
          <ActionIcon size="sm" aria-label={t('edit')} title={t('edit')} onClick={onEdit}>
            <IconPencil size={14} />
          </ActionIcon>
        )}
      </Group>
    </article>
  );
}

/** `plans`: as a person corrected them; they are run instead of the text being read */
export type Ask = (text: string, plans?: readonly Plan[]) => void;
type AnswerProps = {
  readonly message: Message;
  readonly question: string;
  /** the newest answer: its options still ask */
  readonly isLast: boolean;
  /** written while this page was open */
  readonly isFresh: boolean;
  readonly onAsk: Ask | null;
  /** a model is arranging this answer */
  readonly arranging: { readonly done: number; readonly of: number; readonly onKeep: () => void } | null;
};
export function AnswerView({ message, question, isLast, isFresh, onAsk, arranging }: AnswerProps) {
  const t = useWords('chat');
  const format = useFormat();
  const modelWords = useModelWords();
  const { body } = message;
  return (
    <article className={classes['answer']} aria-label={t('assistant')}>
      {body.reading && (
        <ReadingLine reading={body.reading} chips={body.chips} onAsk={isLast ? onAsk : null} />
      )}
      {body.steps.length > 0 && <Steps steps={body.steps} running={false} />}
      {message.text !== '' && <FactText message={message} />}
      <AnswerCharts body={body} />
      {arranging && (
        <Group gap="xs" className={classes['arranging']}>
          <Loader size={12} />
          <Fine>
            {arranging.of > 0 ? t('arrangingOf', { done: arranging.done, of: arranging.of }) : t('arranging')}
          </Fine>
          <Button size="compact-xs" variant="subtle" onClick={arranging.onKeep}>
            {t('keepWords')}
          </Button>
        </Group>
      )}
      {body.error && <ErrorState error={fromErrorData(body.error)} />}
      {body.clarify && (
        <ClarifyCard
          clarify={body.clarify}
          lang={body.lang}
          said={message.text}
          onAsk={isLast ? onAsk : null}
        />
      )}
      {body.proposalId !== null && (
        <ProposalCard id={body.proposalId} keys={isLast} focus={isLast && isFresh ? body.focus : null} />
      )}
      <AlertLines ids={body.alertIds} title={t('alerts')} />
      <Citations citations={body.citations} />
      {!arranging && body.worded?.because && <WhyNotWorded because={body.worded.because} />}
      <Group gap={2} mih={22}>
        <Fine mr={4}>
          <TimeText at={message.at} kind="time" />
          {!arranging && body.wordedBy === 'model' && `${format.dot}${t('arrangedByModel')}`}
          {!arranging &&
            body.wordedBy === 'composer' &&
            body.worded &&
            `${format.dot}${t(body.worded.kept ? `wordsKept.${body.worded.kept}` : 'orderKept')}`}
        </Fine>
        {!arranging && body.wordedBy === 'model' && body.worded && (
          <Fine mr={4} title={t('arrangedLines', { lines: body.worded.lines, of: body.worded.of })}>
            {modelWords(body.worded.modelId)}
          </Fine>
        )}
        {body.stopped && (
          <Fine mr={4} className={classes['stopped']}>
            <IconPlayerStop size={13} aria-hidden /> {t('stopped')}
          </Fine>
        )}
        {message.text !== '' && <Copy text={message.text} />}
        {isLast && onAsk && question !== '' && (
          <ActionIcon
            size="sm"
            aria-label={t('regenerate')}
            title={t('regenerate')}
            onClick={() =>
              body.reading?.by === 'person' ? onAsk(question, body.reading.plans) : onAsk(question)
            }
          >
            <IconRefresh size={14} />
          </ActionIcon>
        )}
      </Group>
      {isLast && onAsk && <NextQuestions next={body.next} asked={question} lang={body.lang} onAsk={onAsk} />}
    </article>
  );
}

/** The answer while it is being written. */
export function LiveAnswer({ live }: { readonly live: Live }) {
  const t = useWords('chat');
  return (
    <article className={classes['answer']} aria-label={t('assistant')} aria-busy="true">
      <Steps steps={live.steps} running />
      {live.text !== '' && (
        <div className={classes['answerText']}>
          {live.text}
          <span className={classes['caret']} aria-hidden />
        </div>
      )}
    </article>
  );
}

function Copy({ text }: { readonly text: string }) {
  const t = useWords('chat');
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <ActionIcon
          size="sm"
          aria-label={copied ? t('copied') : t('copy')}
          title={copied ? t('copied') : t('copy')}
          onClick={copy}
        >
          {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        </ActionIcon>
      )}
    </CopyButton>
  );
}

import { Flex, Kbd, Stack, UnstyledButton } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clarify } from '../../../main/api/contract/chat.ts';
import { isImeKey } from '../../ui/ime.tsx';
import { Fine, Strong } from '../../ui/text.tsx';
import classes from './chat.module.css';

type Props = {
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
export function ClarifyCard({ clarify, lang, said, onAsk }: Props) {
  const { t } = useTranslation('chat');
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

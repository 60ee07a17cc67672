import { Kbd, Text, UnstyledButton } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clarify } from '../../../main/api/contract/chat.ts';
import { isImeKey } from '../../ui/ime.tsx';
import { useFormat } from '../../use-format.ts';
import classes from './chat.module.css';

type Props = {
  readonly clarify: Clarify;
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
export function ClarifyCard({ clarify, said, onAsk }: Props) {
  const { t } = useTranslation('chat');
  const format = useFormat();
  useEffect(() => {
    if (!onAsk) return;
    const choose = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isImeKey(event) || typing(event.target)) return;
      const option = /^[1-9]$/.test(event.key) ? clarify.options[Number(event.key) - 1] : undefined;
      if (!option) return;
      event.preventDefault();
      onAsk(format.pick(option.text));
    };
    window.addEventListener('keydown', choose);
    return () => window.removeEventListener('keydown', choose);
  }, [clarify, onAsk, format]);
  return (
    <div className={classes['clarify']}>
      {!said.trimEnd().endsWith(format.pick(clarify.question)) && (
        <Text fw={600} size="sm">
          {format.pick(clarify.question)}
        </Text>
      )}
      <div className={classes['options']}>
        {clarify.options.map((option, i) => (
          <UnstyledButton
            key={option.text.en}
            className={classes['option']}
            disabled={onAsk === null}
            onClick={() => onAsk?.(format.pick(option.text))}
          >
            {i < 9 && <Kbd size="xs">{i + 1}</Kbd>}
            {format.pick(option.label)}
          </UnstyledButton>
        ))}
      </div>
      {onAsk && (
        <Text size="xs" c="dimmed">
          {t('clarifyKeys', { n: Math.min(9, clarify.options.length) })}
        </Text>
      )}
    </div>
  );
}

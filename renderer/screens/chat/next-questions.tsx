import { Flex, UnstyledButton } from '@mantine/core';
import { IconCornerDownRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Bilingual, Lang } from '../../../main/api/contract/common.ts';
import classes from './chat.module.css';

type Props = {
  readonly next: readonly Bilingual[];
  /** of the answer: the conversation goes on in it */
  readonly lang: Lang;
  readonly onAsk: (text: string) => void;
};
/** Questions that are natural after this answer. */
export function NextQuestions({ next, lang, onAsk }: Props) {
  const { t } = useTranslation('chat');
  if (next.length === 0) return null;
  return (
    <Flex component="section" wrap="wrap" gap={6} aria-label={t('next')} lang={lang}>
      {next.map((question) => (
        <UnstyledButton
          key={question[lang]}
          className={classes['nextQuestion']}
          onClick={() => onAsk(question[lang])}
        >
          <IconCornerDownRight size={14} aria-hidden />
          {question[lang]}
        </UnstyledButton>
      ))}
    </Flex>
  );
}

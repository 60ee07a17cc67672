import { Text } from '@mantine/core';
import { wordError } from '../../../main/api/contract/errors.ts';
import type { Document } from '../../../main/knowledge/contract/knowledge.ts';
import { fromErrorData } from '../../errors.ts';
import { RiskBadge } from '../../ui/badges.tsx';
import { Fine } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

const RISK = { waiting: 'unknown', indexed: 'ok', failed: 'danger' } as const;

/** How far the index of a document is, and why not. */
export function DocumentState({ document }: { readonly document: Pick<Document, 'state' | 'problem'> }) {
  const t = useWords('knowledge');
  const { lang } = useFormat();
  const { state, problem } = document;
  return (
    <>
      <RiskBadge risk={RISK[state]} label={t(`states.${state}`)} />
      {problem && <Text size="xs">{wordError(fromErrorData(problem), lang).say}</Text>}
      {state !== 'indexed' && <Fine>{t('common:byWordsOnly')}</Fine>}
    </>
  );
}

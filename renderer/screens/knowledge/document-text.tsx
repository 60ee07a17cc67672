import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Passage } from '../../../main/api/contract/knowledge.ts';
import { wordPlace } from '../../../main/api/contract/words/knowledge.ts';
import { Panel } from '../../ui/panel.tsx';
import { Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import classes from './knowledge.module.css';

type Props = {
  readonly text: string;
  readonly passages: readonly Passage[];
  /** the passage an answer quoted; null: none in particular */
  readonly cited: string | null;
};
/** A document word for word, the quoted passage marked and in sight. */
export function DocumentText({ text, passages, cited }: Props) {
  const { t } = useTranslation('knowledge');
  const { lang, dot } = useFormat();
  const mark = useRef<HTMLElement>(null);
  const passage = cited === null ? null : passages.find((p) => p.id === cited);
  const place = passage ? `${passage.id} ${passage.from}` : null;
  useEffect(() => {
    if (place !== null) mark.current?.scrollIntoView({ block: 'center' });
  }, [place]);
  return (
    <>
      {cited !== null && (
        <Note role="status">
          {passage?.place && `${wordPlace(passage.place, lang)}${dot}`}
          {passage ? t('cited') : t('citedGone')}
        </Note>
      )}
      <Panel p="0.9rem 1rem" lh={1.75} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {passage ? (
          <>
            {text.slice(0, passage.from)}
            <mark ref={mark} className={classes['cited']}>
              {text.slice(passage.from, passage.to)}
            </mark>
            {text.slice(passage.to)}
          </>
        ) : (
          text
        )}
      </Panel>
    </>
  );
}

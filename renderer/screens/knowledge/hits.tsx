import { Button, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Document } from '../../../main/knowledge/contract/knowledge.ts';
import { wordSource } from '../../../main/knowledge/contract/words.ts';
import { orpc } from '../../engine-hooks.ts';
import { navigate } from '../../router.ts';
import { Panel } from '../../ui/page.tsx';
import { EmptyState, Pending } from '../../ui/states.tsx';
import { ByWordsOnly, Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './knowledge.module.css';

type Props = {
  readonly text: string;
  readonly tag: string | null;
  readonly source: Document['source'] | null;
  readonly clear: () => void;
};
/** Passages close to a question; opening one shows it in its document. */
export function Hits({ text, tag, source, clear }: Props) {
  const t = useWords('knowledge');
  const { lang } = useFormat();
  const found = useQuery(
    orpc.knowledge.search.queryOptions({
      input: {
        text,
        limit: 20,
        ...(tag === null ? {} : { tags: [tag] }),
        ...(source === null ? {} : { sources: [source] }),
      },
    }),
  );
  if (!found.isSuccess) return <Pending of={found} count={4} />;
  const { hits, withoutMeaning } = found.data;
  if (hits.length === 0)
    return (
      <>
        <ByWordsOnly because={withoutMeaning} />
        <EmptyState
          kind="no-result"
          title={t('noHits')}
          text={t('noHitsText')}
          action={{ label: t('clearSearch'), onClick: clear }}
        />
      </>
    );
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Note role="status">{t('hits', { n: hits.length })}</Note>
        <Button size="compact-sm" variant="subtle" onClick={clear}>
          {t('clearSearch')}
        </Button>
      </Group>
      <ByWordsOnly because={withoutMeaning} />
      {hits.map((hit) => (
        <Panel key={hit.chunkId} component="article" p="0.8rem 1rem">
          <Button
            variant="transparent"
            p={0}
            h="auto"
            onClick={() => navigate('knowledge', hit.documentId, { chunk: hit.chunkId })}
          >
            {wordSource(hit.title, hit.place, lang)}
          </Button>
          <div className={classes['hitText']}>{hit.text}</div>
        </Panel>
      ))}
    </Stack>
  );
}

import { Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { LogHit } from '../../../../main/clusters/contract/clusters.ts';
import type { LineFilter, LogTemplate } from '../../../../main/logs/contract/logs.ts';
import { orpc } from '../../../engine-hooks.ts';
import { LevelBadge } from '../../../logs/level-badge.tsx';
import type { LogQuery } from '../../../logs/log-address.ts';
import { TemplateText } from '../../../logs/template-text.tsx';
import { useTemplates } from '../../../logs/use-templates.ts';
import { navigate } from '../../../router.ts';
import { EmptyState, Pending } from '../../../ui/states.tsx';
import { ByWordsOnly, Fine, Note, TimeText } from '../../../ui/text.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import classes from './explore.module.css';

type Props = {
  readonly query: LogQuery;
  readonly filter: LineFilter;
  readonly onTemplate: (id: number) => void;
  readonly onWords: () => void;
};

/** What means the same in other words: templates and incidents, nearest first. */
export function MeaningHits({ query, filter, onTemplate, onWords }: Props) {
  const t = useWords('logs');
  const text = query.words?.trim() ?? '';
  const found = useQuery({
    ...orpc.logs.search.queryOptions({
      input: {
        text: text || '-',
        limit: 50,
        ...(query.services ? { services: query.services } : {}),
        ...(query.levels ? { levels: query.levels } : {}),
        ...(query.sources ? { sources: query.sources } : {}),
        ...(filter.from === undefined ? {} : { from: filter.from }),
        ...(filter.to === undefined ? {} : { to: filter.to }),
      },
    }),
    enabled: text !== '',
  });
  const templates = useTemplates(
    useMemo(
      () => found.data?.hits.flatMap(({ kind, id }) => (kind === 'template' ? [Number(id)] : [])) ?? [],
      [found.data],
    ),
  );
  if (!text) return <EmptyState kind="no-result" title={t('meaning.ask')} text={t('meaning.askText')} />;
  if (!found.isSuccess) return <Pending of={found} count={6} />;
  const { hits, withoutMeaning } = found.data;
  if (hits.length === 0)
    return (
      <>
        <ByWordsOnly because={withoutMeaning} />
        <EmptyState
          kind="no-result"
          title={t('meaning.none')}
          text={t('meaning.noneText')}
          action={{ label: t('meaning.asWords'), onClick: onWords }}
        />
      </>
    );
  const open = (hit: LogHit): void => {
    if (hit.kind === 'incident') navigate('incidents', hit.id);
    else onTemplate(Number(hit.id));
  };
  return (
    <Stack gap="xs" maw="62rem">
      <Note role="status">{t('meaning.found', { n: hits.length })}</Note>
      <ByWordsOnly because={withoutMeaning} />
      {hits.map((hit) => (
        <Hit
          key={`${hit.kind}${hit.id}`}
          hit={hit}
          template={hit.kind === 'template' ? templates.get(Number(hit.id)) : undefined}
          onOpen={() => open(hit)}
        />
      ))}
    </Stack>
  );
}

type HitProps = {
  readonly hit: LogHit;
  readonly template: LogTemplate | undefined;
  readonly onOpen: () => void;
};
function Hit({ hit, template, onOpen }: HitProps) {
  const t = useWords('logs');
  const format = useFormat();
  const why = [
    hit.lexicalRank === null ? null : t('meaning.byWords', { n: hit.lexicalRank }),
    hit.vectorRank === null ? null : t('meaning.byMeaning', { n: hit.vectorRank }),
    hit.similarity === null ? null : t('meaning.similarity', { n: format.number(hit.similarity, 2) }),
  ].filter((part) => part !== null);
  return (
    <UnstyledButton className={classes['hit']} onClick={onOpen}>
      <Group gap="sm" component="span">
        {hit.kind === 'incident' ? (
          <Text size="xs" fw={600} span>
            {t('meaning.incident')}
          </Text>
        ) : (
          <LevelBadge level={hit.level} />
        )}
        {hit.service && <Fine span>{hit.service}</Fine>}
        <Fine span ml="auto">
          {why.join(format.dot)}
        </Fine>
      </Group>
      <Text span size="xs" {...(hit.title ? {} : { ff: 'monospace' })} lineClamp={3}>
        {hit.title
          ? format.pick(hit.title)
          : (template?.name ?? (template ? <TemplateText parts={template.parts} /> : hit.text))}
      </Text>
      <Fine span>
        {hit.kind === 'template' && t('meaning.lines', { n: format.number(hit.lines) })}{' '}
        {hit.lastAt !== null && (
          <>
            {t('meaning.last')} <TimeText at={hit.lastAt} />
          </>
        )}
      </Fine>
    </UnstyledButton>
  );
}

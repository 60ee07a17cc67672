import { Button, Group, Menu } from '@mantine/core';
import { IconBookmark, IconFilterOff, IconVolumeOff } from '@tabler/icons-react';
import { LEVELS, type LogSource, type LogTemplate } from '../../../../main/logs/contract/logs.ts';
import { LevelBadge } from '../../../logs/level-badge.tsx';
import { filterOf, type LogQuery } from '../../../logs/log-address.ts';
import { boundsNow, type TimeRange } from '../../../stores/time-range.ts';
import { useWords } from '../../../words.ts';
import { Chip, FacetButton } from './facet-button.tsx';
import { isFiltered, withField, withValue } from './use-explore.ts';

type Props = {
  readonly query: LogQuery;
  readonly range: TimeRange;
  readonly sources: readonly LogSource[];
  readonly templates: ReadonlyMap<number, LogTemplate>;
  readonly onQuery: (query: LogQuery) => void;
};
const isLevel = (key: string): key is (typeof LEVELS)[number] | '' =>
  key === '' || LEVELS.some((level) => level === key);

/** What the lines are narrowed by: lists to choose from, and a chip for everything chosen. */
export function FilterRow({ query, range, sources, templates, onQuery }: Props) {
  const t = useWords('logs');
  const without = (key: 'sources' | 'services' | 'levels'): LogQuery => {
    const { [key]: _, ...rest } = query;
    return rest;
  };
  const filterWithout = (key: 'sources' | 'services' | 'levels') => filterOf(without(key), boundsNow(range));
  const sourceName = (id: string): string => sources.find((s) => s.id === id)?.name ?? id;
  const levelName = (key: string): string => t(`level.${isLevel(key) && key ? key : 'none'}`);
  const templateName = (id: number): string => {
    const template = templates.get(id);
    return template?.name ?? template?.text ?? t('template.number', { id: String(id) });
  };
  return (
    <Group gap="0.35rem 0.4rem" role="group" aria-label={t('filter.label')}>
      <Group gap={6}>
        <FacetButton
          label={t('filter.level')}
          by="level"
          filter={filterWithout('levels')}
          chosen={query.levels ?? []}
          nameOf={(key) => <LevelBadge level={isLevel(key) && key ? key : null} />}
          textOf={levelName}
          onChange={(levels) =>
            onQuery({ ...without('levels'), ...(levels.length ? { levels: levels.filter(isLevel) } : {}) })
          }
        />
        <FacetButton
          label={t('filter.service')}
          by="service"
          filter={filterWithout('services')}
          chosen={query.services ?? []}
          nameOf={(key) => key || t('filter.noService')}
          textOf={(key) => key || t('filter.noService')}
          onChange={(services) =>
            onQuery({ ...without('services'), ...(services.length ? { services } : {}) })
          }
        />
        {sources.length > 1 && (
          <FacetButton
            label={t('filter.source')}
            by="source"
            filter={filterWithout('sources')}
            chosen={query.sources ?? []}
            nameOf={sourceName}
            textOf={sourceName}
            onChange={(chosen) =>
              onQuery({ ...without('sources'), ...(chosen.length ? { sources: chosen } : {}) })
            }
          />
        )}
        <Menu position="bottom-start">
          <Menu.Target>
            <Button size="compact-sm" variant="default">
              {t('filter.more')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconBookmark size={15} />}
              onClick={() => onQuery(toggled(query, 'bookmarked'))}
            >
              {t(query.bookmarked ? 'filter.bookmarkedOff' : 'filter.bookmarked')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconVolumeOff size={15} />}
              onClick={() => onQuery(toggled(query, 'noise'))}
            >
              {t(query.noise ? 'filter.noiseOff' : 'filter.noise')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {query.levels?.map((level) => (
        <Chip
          key={`l${level}`}
          label={t('filter.level')}
          value={levelName(level)}
          onRemove={() => onQuery(withValue(query, 'levels', level, false))}
        />
      ))}
      {query.services?.map((name) => (
        <Chip
          key={`v${name}`}
          label={t('filter.service')}
          value={name || t('filter.noService')}
          onRemove={() => onQuery(withValue(query, 'services', name, false))}
        />
      ))}
      {query.sources?.map((id) => (
        <Chip
          key={`s${id}`}
          label={t('filter.source')}
          value={sourceName(id)}
          onRemove={() => onQuery(withValue(query, 'sources', id, false))}
        />
      ))}
      <TemplateChips query={query} nameOf={templateName} onQuery={onQuery} />
      {query.fields?.map((field) => (
        <Chip
          key={`f${field.key}${field.value}`}
          label={/^\d+\.\d+$/.test(field.key) ? t('filter.value') : field.key}
          value={field.value}
          not={field.not}
          onRemove={() => onQuery(withField(query, field, false))}
        />
      ))}
      {query.bookmarked && (
        <Chip
          label={t('filter.only')}
          value={t('filter.bookmarks')}
          onRemove={() => onQuery(toggled(query, 'bookmarked'))}
        />
      )}
      {query.noise && (
        <Chip
          label={t('filter.with')}
          value={t('mark.noise')}
          onRemove={() => onQuery(toggled(query, 'noise'))}
        />
      )}
      {isFiltered(query) && (
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconFilterOff size={13} />}
          onClick={() => onQuery({})}
        >
          {t('common:clearFilter')}
        </Button>
      )}
    </Group>
  );
}

const toggled = (query: LogQuery, key: 'bookmarked' | 'noise'): LogQuery => {
  const { [key]: now, ...rest } = query;
  return now ? rest : { ...rest, [key]: true };
};

const FEW = 3;
type TemplateProps = Pick<Props, 'query' | 'onQuery'> & { readonly nameOf: (id: number) => string };
/** A lasso can choose hundreds of templates: more than a few are one chip. */
function TemplateChips({ query, nameOf, onQuery }: TemplateProps) {
  const t = useWords('logs');
  const lists = [
    { key: 'templates', ids: query.templates ?? [], not: false },
    { key: 'notTemplates', ids: query.notTemplates ?? [], not: true },
  ] as const;
  return lists.flatMap(({ key, ids, not }) => {
    if (ids.length > FEW) {
      const { [key]: _, ...rest } = query;
      return [
        <Chip
          key={key}
          label={t('filter.template')}
          value={t('filter.templates', { n: ids.length })}
          not={not}
          onRemove={() => onQuery(rest)}
        />,
      ];
    }
    return ids.map((id) => (
      <Chip
        key={`${key}${id}`}
        label={t('filter.template')}
        value={nameOf(id)}
        not={not}
        onRemove={() => onQuery(withValue(query, key, id, false))}
      />
    ));
  });
}

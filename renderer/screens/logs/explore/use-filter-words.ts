import { useTranslation } from 'react-i18next';
import type { LogSource, SavedFilter } from '../../../../main/api/contract/logs.ts';
import { queryOf } from '../../../logs/log-address.ts';
import { useRangeWords } from '../../../logs/range-picker.tsx';
import { useFormat } from '../../../use-format.ts';

/** A search in one line: its words, what narrows it, its range where it has one of its own. */
export function useFilterWords(sources: readonly LogSource[]): (filter: SavedFilter) => string {
  const { t } = useTranslation('logs');
  const format = useFormat();
  const rangeWords = useRangeWords();
  const nameOf = (id: string): string => sources.find((source) => source.id === id)?.name ?? id;
  return (filter) => {
    const { query, range } = queryOf(filter);
    const kinds = (ids: readonly number[] | undefined, label: string): string | null =>
      ids?.length ? `${label} ${t('filter.templates', { n: ids.length })}` : null;
    const parts = [
      query.words &&
        (query.mode === 'meaning' ? `${t('search.modes.meaning')}: ${query.words}` : query.words),
      query.levels?.map((level) => t(`level.${level || 'none'}`)).join(t('filter.or')),
      query.services?.map((name) => name || t('filter.noService')).join(t('filter.or')),
      query.sources?.map(nameOf).join(t('filter.or')),
      kinds(query.templates, t('filter.template')),
      kinds(query.notTemplates, t('filter.not', { label: t('filter.template') })),
      ...(query.fields ?? []).map(
        ({ key, value, not }) =>
          // a hole's number says nothing to a person
          `${not ? '≠ ' : ''}${/^\d+\.\d+$/.test(key) ? '' : `${key}=`}${value}`,
      ),
      query.bookmarked && t('filter.bookmarks'),
      query.noise && t('filter.withNoise'),
      range.kind === 'between' && rangeWords(range),
    ].filter((part) => typeof part === 'string' && part !== '');
    return parts.length ? parts.join(format.dot) : t('filter.allLines');
  };
}

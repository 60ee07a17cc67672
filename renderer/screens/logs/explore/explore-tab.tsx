import { Flex, Stack } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { LogLine, LogSource } from '../../../../main/logs/contract/logs.ts';
import { orpc, useNow } from '../../../engine-hooks.ts';
import { searchedWords } from '../../../logs/line-text.ts';
import { filterOf, queryOf, savedOf } from '../../../logs/log-address.ts';
import { RangePicker } from '../../../logs/range-picker.tsx';
import { useTemplates } from '../../../logs/use-templates.ts';
import { navigate } from '../../../router.ts';
import { boundsOf } from '../../../stores/time-range.ts';
import { ErrorState } from '../../../ui/states.tsx';
import { useWords } from '../../../words.ts';
import classes from './explore.module.css';
import { ExportMenu } from './export-menu.tsx';
import { FilterRow } from './filter-row.tsx';
import { HistogramPanel } from './histogram-panel.tsx';
import { LineDrawer } from './line-drawer.tsx';
import { LineList } from './line-list.tsx';
import type { PickedValue } from './line-row.tsx';
import { ListHead, type View } from './list-head.tsx';
import { AnchorBar, LeftOutNote, NothingFound, Searching } from './list-notes.tsx';
import { MeaningHits } from './meaning-hits.tsx';
import { SavedMenu } from './saved-menu.tsx';
import { SearchBar } from './search-bar.tsx';
import { TemplateSidebar } from './template-sidebar.tsx';
import { useBookmark } from './use-bookmark.ts';
import { AT_TOP, type ListPlace, useErrorJump } from './use-error-jump.ts';
import { type Explore, useExplore, withField, withValue, withWords } from './use-explore.ts';
import { shownOf, useFoundCounts } from './use-found-counts.ts';
import { useLines, useTail } from './use-lines.ts';
import { useLogKeys } from './use-log-keys.ts';
import { ValueMenu } from './value-menu.tsx';

const BUCKETS = 120;
/** shown beside the lines */
const TEMPLATES = 40;
const NO_VIEW: View = { follow: true, wrap: false, raw: false, sidebar: true };

/** Lines: which, how many when, and each of them in full. */
export function ExploreTab({ sources }: { readonly sources: readonly LogSource[] }) {
  const explore = useExplore();
  const { query, range, setQuery, setRange } = explore;
  const now = useNow(15_000);
  const box = useRef<HTMLDivElement>(null);
  const toLines = (): void => box.current?.querySelector<HTMLElement>('tr[data-line][tabindex="0"]')?.focus();
  return (
    <Stack ref={box} gap="0.5rem" flex={1} mih={0}>
      <Flex wrap="wrap" align="flex-start" gap="0.5rem">
        <SearchBar query={query} onQuery={setQuery} onDown={toLines} />
        <Flex wrap="wrap" gap="0.5rem">
          <RangePicker range={range} onChange={setRange} now={now} />
          <SavedMenu
            filter={savedOf(query, range.kind === 'between' ? boundsOf(range, now) : {})}
            sources={sources}
            onUse={(filter) => {
              const saved = queryOf(filter);
              // a search kept without a range is asked of the range of now
              explore.use(saved.query, saved.range.kind === 'all' ? range : saved.range);
            }}
          />
          <ExportMenu filter={explore.filter} disabled={query.mode === 'meaning'} />
        </Flex>
      </Flex>
      <Found explore={explore} sources={sources} />
    </Stack>
  );
}

function Found({ explore, sources }: { readonly explore: Explore; readonly sources: readonly LogSource[] }) {
  const t = useWords('logs');
  const { query, filter, movingFilter, setQuery, openLine, open } = explore;
  const [view, setView] = useLocalStorage<View>({
    key: 'toride.logs.view',
    defaultValue: NO_VIEW,
    getInitialValueInEffect: false,
  });
  const meaning = query.mode === 'meaning';

  const histogram = useQuery({
    ...orpc.logs.counts.queryOptions({ input: { filter: movingFilter, by: 'level', buckets: BUCKETS } }),
    placeholderData: keepPreviousData,
  });
  const besideFilter = filterOf(withoutTemplates(query), boundsOnly(movingFilter));
  const byTemplate = useQuery({
    ...orpc.logs.counts.queryOptions({ input: { filter: besideFilter, by: 'template', top: TEMPLATES } }),
    placeholderData: keepPreviousData,
  });

  // from where the list goes down; newer lines are left out until the person goes back
  const filterKey = JSON.stringify(filter);
  const [anchored, setAnchored] = useState<{ key: string; at: number } | null>(null);
  const anchor = anchored?.key === filterKey ? anchored.at : null;
  const listFilter = useMemo(
    () =>
      anchor === null
        ? filter
        : { ...filter, to: Math.min(filter.to ?? Number.MAX_SAFE_INTEGER, anchor + 1) },
    [filter, anchor],
  );
  const anchorAt = useCallback((at: number) => setAnchored({ key: filterKey, at }), [filterKey]);

  const lines = useLines(listFilter, !meaning);
  // the lines come first: they are counted once there are some to see
  const countLines = !meaning && asksLines(movingFilter) && !lines.pending && !lines.stopped;
  const found = useFoundCounts(movingFilter, { enabled: countLines, buckets: BUCKETS, top: TEMPLATES });
  const foundBeside = useFoundCounts(besideFilter, {
    enabled: countLines && query.templates !== undefined && !found.counting && !found.stopped,
    buckets: BUCKETS,
    top: TEMPLATES,
  });
  const beside = (query.templates === undefined ? found : foundBeside).counts;
  const templateCounts = beside?.byTemplate ?? byTemplate.data;
  const [atTop, setAtTop] = useState(true);
  const tail = useTail({
    filter: listFilter,
    enabled: !meaning && anchor === null && filter.to === undefined && !lines.pending && !lines.stopped,
    follow: view.follow,
    atTop,
    lines,
    tick: histogram.dataUpdatedAt,
  });
  const rows = lines.lines;
  const [visible, setVisible] = useState<readonly LogLine[]>([]);
  // a line of another search is no place in this one
  const [chosen, setChosen] = useState<{ key: string; id: number } | null>(null);
  const active = chosen?.key === filterKey ? chosen.id : null;
  const setActive = useCallback((id: number) => setChosen({ key: filterKey, id }), [filterKey]);
  const listPlace = useRef<ListPlace>(AT_TOP);
  const [picked, setPicked] = useState<PickedValue | null>(null);
  const templates = useTemplates(
    useMemo(
      () => [
        ...visible.map((line) => line.templateId),
        ...(query.templates ?? []).slice(0, 3),
        ...(templateCounts?.series.map((s) => Number(s.key)) ?? []),
      ],
      [visible, query.templates, templateCounts],
    ),
  );
  const words = useMemo(
    () => (query.words && query.mode === undefined ? searchedWords(query.words) : []),
    [query],
  );
  const current = openLine ?? active;
  const go = useCallback(
    (id: number) => {
      setActive(id);
      if (openLine !== null) open(id);
    },
    [open, openLine, setActive],
  );
  const jump = useErrorJump({ rows, filter, current, list: listPlace, go, anchorAt });
  const bookmark = useBookmark(lines.replace);
  const unmarked = openLine === null && active !== null ? bookmark.errorOf(active) : null;
  useLogKeys(
    {
      move: (by) => {
        const at = rows.findIndex((line) => line.id === current);
        const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
        if (next) go(next.id);
      },
      open: () => active !== null && open(active),
      error: jump.go,
      bookmark: () => {
        const line = rows.find((row) => row.id === current);
        if (line) bookmark.mark(line, !line.bookmarked);
      },
    },
    !meaning && picked === null,
  );
  const field = (key: string, value: string, not: boolean): void =>
    setQuery(withField(query, { key, value, not }));
  const onlyTemplate = (id: number): void => {
    const on = query.templates?.length === 1 && query.templates[0] === id;
    const { templates: _, ...rest } = query;
    setQuery(on ? rest : { ...rest, templates: [id] });
  };
  const sourceName = (id: string): string => sources.find((s) => s.id === id)?.name ?? id;
  const empty = !lines.pending && !lines.error && rows.length === 0 && !lines.hasMore && !lines.fetching;

  return (
    <>
      <FilterRow
        query={query}
        range={explore.range}
        sources={sources}
        templates={templates}
        onQuery={setQuery}
      />
      {!meaning && (
        <HistogramPanel
          counts={shownOf(found) ?? histogram.data}
          found={countLines ? found : null}
          error={histogram.error}
          retry={() => void histogram.refetch()}
          onSelect={(from, to) => explore.setRange({ kind: 'between', from, to })}
          onPick={anchorAt}
        />
      )}
      {!meaning && (
        <LeftOutNote
          blocks={[...lines.leftOut, ...(found.counts?.leftOut ?? [])]}
          isCounted={found.counts !== undefined}
        />
      )}
      {meaning ? (
        <MeaningHits
          query={query}
          filter={filter}
          onTemplate={(id) => setQuery({ ...withWords(asWords(query), ''), templates: [id] })}
          onWords={() => setQuery(asWords(query))}
        />
      ) : (
        <div className={classes['columns']} data-sidebar={view.sidebar || undefined}>
          {view.sidebar && (
            <TemplateSidebar
              counts={templateCounts}
              found={beside}
              error={byTemplate.error}
              retry={() => void byTemplate.refetch()}
              templates={templates}
              chosen={query.templates ?? []}
              onOnly={onlyTemplate}
              onWithout={(id) => setQuery(withValue(query, 'notTemplates', id, true))}
            />
          )}
          <section className={classes['listArea']} aria-label={t('list.label')}>
            <ListHead
              shown={rows.length}
              more={lines.hasMore}
              tookMs={lines.tookMs}
              view={view}
              onView={setView}
              onError={jump.go}
              jumping={jump.looking}
              notice={openLine === null ? jump.notice : null}
            />
            {lines.error !== null && lines.error !== undefined && (
              <ErrorState error={lines.error} retry={lines.reload} />
            )}
            <ErrorState error={jump.error} />
            <ErrorState error={unmarked} />
            {lines.pending ? (
              <Searching key={filterKey} onStop={lines.stop} />
            ) : lines.error && rows.length === 0 ? null : empty ? (
              <NothingFound explore={explore} anchored={anchor !== null} onNewest={() => setAnchored(null)} />
            ) : (
              <LineList
                key={filterKey}
                rows={rows}
                lines={lines}
                tail={tail}
                templates={templates}
                words={words}
                raw={view.raw}
                wrap={view.wrap}
                active={current}
                onActive={setActive}
                onOpen={open}
                onValue={setPicked}
                onTop={setAtTop}
                onVisible={setVisible}
                place={listPlace}
                above={anchor !== null && <AnchorBar at={anchor} onNewest={() => setAnchored(null)} />}
              />
            )}
          </section>
        </div>
      )}
      <LineDrawer
        id={openLine}
        templates={templates}
        sourceName={sourceName}
        onClose={() => open(null)}
        onOpen={(id) => {
          setActive(id);
          open(id);
        }}
        bookmark={bookmark}
        onValue={setPicked}
        onField={field}
        onOnly={(key, value) => setQuery({ ...query, [key]: [value] })}
        onTemplate={(id) => setQuery({ templates: [id] })}
        onError={jump.go}
        notice={jump.notice}
        covered={picked !== null}
      />
      <ValueMenu
        picked={picked}
        onClose={() => setPicked(null)}
        onField={({ templateId, parameter, value }, not) => field(`${templateId}.${parameter}`, value, not)}
        onWords={(value) => setQuery(withWords(asWords(query), `"${value.replaceAll('"', '')}"`))}
        onStatistics={({ templateId, parameter }) =>
          navigate('logs', 'templates', { template: String(templateId), parameter: String(parameter) })
        }
      />
    </>
  );
}

type Query = Explore['query'];
const asWords = ({ mode: _, ...query }: Query): Query => query;
const withoutTemplates = ({ templates: _, ...query }: Query): Query => query;
const boundsOnly = ({ from, to }: Explore['filter']): { from?: number; to?: number } => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});
/** Whether roll-ups cannot tell how many there are. */
const asksLines = ({ text, regex, fields, bookmarked }: Explore['filter']): boolean =>
  Boolean(text || regex || fields?.length || bookmarked);

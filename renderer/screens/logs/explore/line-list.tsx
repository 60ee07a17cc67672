import { Box, Button, Group, Loader, Progress, Stack } from '@mantine/core';
import { IconArrowUp, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { LogLine, LogTemplate } from '../../../../main/logs/contract/logs.ts';
import { Fine } from '../../../ui/text.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import classes from './explore.module.css';
import { LineCells, type PickedValue } from './line-row.tsx';
import type { ListPlace } from './use-error-jump.ts';
import type { Lines, Tail } from './use-lines.ts';

type Props = {
  readonly rows: readonly LogLine[];
  readonly lines: Lines;
  readonly tail: Tail;
  readonly templates: ReadonlyMap<number, LogTemplate>;
  readonly words: readonly string[];
  readonly raw: boolean;
  readonly wrap: boolean;
  readonly active: number | null;
  readonly onActive: (id: number) => void;
  readonly onOpen: (id: number) => void;
  readonly onValue: (value: PickedValue) => void;
  readonly onTop: (atTop: boolean) => void;
  readonly onVisible: (lines: readonly LogLine[]) => void;
  /** kept as it is on screen */
  readonly place: RefObject<ListPlace>;
  /** shown above the first line, e.g. that newer ones are left out */
  readonly above?: ReactNode;
};
const ROW_PX = 27;
const NEAR_END = 60;

/** Lines of any number: only those in view are in the page. */
export function LineList(props: Props) {
  const { rows, lines, tail, templates, words, raw, wrap, active, onActive, onOpen, onValue } = props;
  const { onTop, onVisible, place: listPlace, above } = props;
  const t = useWords('logs');
  const format = useFormat();
  const box = useRef<HTMLDivElement>(null);
  const [expanded, setExpanded] = useState<ReadonlySet<number>>(new Set());
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 20,
    initialRect: { width: 900, height: 600 },
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const { more, fetching, hasMore, stopped } = lines;
  const wantsMore = hasMore && !fetching && !stopped && lastShown > rows.length - NEAR_END;
  useEffect(() => {
    if (wantsMore) more();
  }, [wantsMore, more]);
  const firstShown = items[0]?.index ?? 0;
  useEffect(() => {
    onVisible(rows.slice(firstShown, lastShown + 1));
  }, [rows, firstShown, lastShown, onVisible]);
  // the chosen line is brought into view and takes the focus when the list has it
  const activeIndex = active === null ? -1 : rows.findIndex((line) => line.id === active);
  const wasActive = useRef<number | null>(null);
  const wasIndex = useRef(0);
  useEffect(() => {
    if (activeIndex < 0 || wasActive.current === active) return;
    wasActive.current = active;
    // a line in view stays where it is; a step moves the list as little as it must; a jump puts the line in the middle
    const place = virtual.measurementsCache[activeIndex];
    const top = virtual.scrollOffset ?? 0;
    const bottom = top + (virtual.scrollRect?.height ?? 0);
    const near = Math.abs(activeIndex - wasIndex.current) <= 1;
    wasIndex.current = activeIndex;
    if (!place || place.start < top || place.end > bottom)
      virtual.scrollToIndex(activeIndex, { align: near ? 'auto' : 'center' });
    requestAnimationFrame(() => {
      const row = box.current?.querySelector<HTMLElement>(`[data-index="${activeIndex}"]`);
      const { activeElement: now, body } = document;
      // the heading has the focus of a screen nobody has touched yet
      const isFree = now === body || now?.hasAttribute('data-page-heading') || box.current?.contains(now);
      if (isFree) row?.focus({ preventScroll: true });
    });
  }, [active, activeIndex, virtual]);
  const wasSeen = useRef<number | null>(null);
  const first = Math.max(0, virtual.range?.startIndex ?? 0);
  const last = Math.min(rows.length - 1, virtual.range?.endIndex ?? 0);
  useEffect(() => {
    const isSeen = activeIndex >= first && activeIndex <= last;
    if (isSeen) wasSeen.current = active;
    listPlace.current = { first, last, lost: !isSeen && active !== null && wasSeen.current === active };
  }, [active, activeIndex, first, last, listPlace]);
  const expand = useCallback(
    (id: number) =>
      setExpanded((old) => {
        const next = new Set(old);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  const show = (): void => {
    tail.show();
    virtual.scrollToOffset(0);
  };
  const onKeyDown = (event: KeyboardEvent, line: LogLine): void => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'ArrowRight' && line.lines > 1 && !expanded.has(line.id)) expand(line.id);
    else if (event.key === 'ArrowLeft' && expanded.has(line.id)) expand(line.id);
    else return;
    event.preventDefault();
  };
  const stop = activeIndex >= 0 ? activeIndex : firstShown;
  return (
    <Stack gap={0} pos="relative" flex={1} mih={0}>
      {tail.waiting > 0 && (
        <Button
          size="compact-sm"
          radius="xl"
          className={classes['pill'] ?? ''}
          leftSection={<IconArrowUp size={14} />}
          onClick={show}
        >
          {t(tail.more ? 'list.newMore' : 'list.new', {
            count: tail.waiting,
            n: format.number(tail.waiting),
          })}
        </Button>
      )}
      {above}
      <div
        ref={box}
        className={classes['list']}
        onScroll={(event) => onTop(event.currentTarget.scrollTop < ROW_PX)}
      >
        <Box
          component="table"
          display="block"
          aria-label={t('list.label')}
          aria-rowcount={hasMore ? -1 : rows.length}
        >
          <Box component="tbody" pos="relative" display="block" style={{ height: virtual.getTotalSize() }}>
            {items.map((item) => {
              const line = rows[item.index];
              if (!line) return null;
              return (
                <tr
                  key={item.key}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  data-line={line.id}
                  data-level={line.level ?? undefined}
                  aria-rowindex={item.index + 1}
                  aria-selected={line.id === active}
                  tabIndex={item.index === stop ? 0 : -1}
                  className={classes['row']}
                  style={{ transform: `translateY(${item.start}px)` }}
                  onClick={() => {
                    onActive(line.id);
                    onOpen(line.id);
                  }}
                  onFocus={() => onActive(line.id)}
                  onKeyDown={(event) => onKeyDown(event, line)}
                >
                  <LineCells
                    line={line}
                    template={templates.get(line.templateId)}
                    words={words}
                    raw={raw}
                    wrap={wrap}
                    expanded={expanded.has(line.id)}
                    onExpand={expand}
                    onValue={onValue}
                  />
                </tr>
              );
            })}
          </Box>
        </Box>
        <ListEnd lines={lines} shown={rows.length} />
      </div>
    </Stack>
  );
}

/** How far the search has come, and the way on or out. */
export function ListEnd({ lines, shown }: { readonly lines: Lines; readonly shown: number }) {
  const t = useWords('logs');
  const format = useFormat();
  const { searched, fetching, hasMore } = lines;
  if (searched && (fetching || hasMore))
    return (
      <div className={classes['end']}>
        <Group gap="sm" wrap="nowrap" justify="center">
          <Fine>
            {t('list.searched', { done: format.number(searched.done), of: format.number(searched.of) })}
          </Fine>
          <Progress
            w={120}
            size="sm"
            value={(searched.done / searched.of) * 100}
            aria-label={t('list.searchProgress')}
          />
          {/* one button, so that whoever pressed it is still on it */}
          <Button
            size="compact-xs"
            variant="default"
            leftSection={fetching ? <IconPlayerStop size={13} /> : <IconPlayerPlay size={13} />}
            onClick={fetching ? lines.stop : lines.more}
          >
            {t(fetching ? 'list.stop' : 'list.goOn')}
          </Button>
        </Group>
      </div>
    );
  if (fetching)
    return (
      <div className={classes['end']}>
        <Loader size="xs" aria-label={t('list.loadingMore')} />
      </div>
    );
  return (
    <div className={classes['end']}>
      {hasMore ? (
        <Button size="compact-xs" variant="default" onClick={lines.more}>
          {t('list.goOn')}
        </Button>
      ) : (
        <Fine>{t('list.end', { n: format.number(shown) })}</Fine>
      )}
    </div>
  );
}

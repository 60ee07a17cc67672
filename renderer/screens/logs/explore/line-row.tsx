import { ActionIcon, Box, UnstyledButton } from '@mantine/core';
import { IconBookmarkFilled, IconChevronRight, IconNote } from '@tabler/icons-react';
import { type KeyboardEvent, memo, type ReactNode } from 'react';
import type { LogLine, LogTemplate } from '../../../../main/logs/contract/logs.ts';
import { LevelBadge } from '../../../logs/level-badge.tsx';
import {
  continuation,
  firstLine,
  markedPlaces,
  messageSegments,
  rawSegments,
  type Segment,
} from '../../../logs/line-text.ts';
import { dayTime, exactTime } from '../../../logs/log-time.ts';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import classes from './explore.module.css';

/** A value that was clicked, and where. */
export type PickedValue = {
  readonly templateId: number;
  readonly parameter: number;
  readonly value: string;
  readonly box: DOMRect;
  /** what has the focus again afterwards: the line in a list, else the value itself */
  readonly from: HTMLElement;
};
type Props = {
  readonly line: LogLine;
  readonly template: LogTemplate | undefined;
  readonly words: readonly string[];
  readonly raw: boolean;
  readonly wrap: boolean;
  readonly expanded: boolean;
  readonly onExpand: (id: number) => void;
  readonly onValue: (value: PickedValue) => void;
};
/** a value longer than this is cut on screen; the drawer shows it whole */
const LONGEST = 2000;

/** The cells of one line. */
export const LineCells = memo(function LineCells(props: Props) {
  const { line, template, words, raw, wrap, expanded, onExpand, onValue } = props;
  const t = useWords('logs');
  const format = useFormat();
  const exact = `${exactTime(line.at, format.zone)} (${format.zone})`;
  const segments = raw ? rawSegments(firstLine(line), template) : messageSegments(line, template);
  const rest = line.lines > 1 ? continuation(line) : [];
  return (
    <>
      <td>
        <LevelBadge level={line.level} />
      </td>
      <Box component="td" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
        <time
          dateTime={new Date(line.at).toISOString()}
          title={line.atGuessed ? `${exact} — ${t('line.atGuessed')}` : exact}
        >
          {line.atGuessed ? '≈ ' : ''}
          {dayTime(line.at, format.zone, format.lang)}
        </time>
      </Box>
      <td className={classes['cellService']} title={line.service ?? ''}>
        {line.service ?? ''}
      </td>
      <td className={classes['cellMessage']} data-wrap={wrap || undefined}>
        {line.bookmarked && (
          <IconBookmarkFilled size={13} className={classes['marked']} aria-label={t('line.bookmarked')} />
        )}
        {rest.length > 0 && (
          <ActionIcon
            size={16}
            tabIndex={-1}
            aria-expanded={expanded}
            aria-label={t('line.joined', { n: format.number(rest.length) })}
            onClick={(event) => {
              event.stopPropagation();
              onExpand(line.id);
            }}
          >
            <IconChevronRight size={13} className={classes['chevron']} data-open={expanded || undefined} />
          </ActionIcon>
        )}
        <Message segments={segments} words={words} templateId={line.templateId} onValue={onValue} />
        {rest.length > 0 && !expanded && (
          <span className={classes['joined']}>
            {t('line.joinedShort', { n: format.number(rest.length) })}
          </span>
        )}
        {line.note && (
          <span className={classes['note']}>
            <IconNote size={12} aria-label={t('line.note')} /> {line.note}
          </span>
        )}
        {expanded && <span className={classes['trace']}>{rest.slice(0, 400).join('\n')}</span>}
      </td>
    </>
  );
});

type MessageProps = {
  readonly segments: readonly Segment[];
  readonly words: readonly string[];
  readonly templateId: number;
  /** absent: values cannot be clicked */
  readonly onValue?: (value: PickedValue) => void;
  /** values are stops of the Tab key; in a list they would be too many */
  readonly isStop?: boolean;
};
/** Text with its values marked; a click on one offers what can be done with it. */
export function Message({ segments, words, templateId, onValue, isStop = false }: MessageProps) {
  const pick = (element: HTMLElement, segment: Segment): void => {
    if (segment.parameter && onValue)
      onValue({
        templateId,
        parameter: segment.parameter.index,
        value: segment.text,
        box: element.getBoundingClientRect(),
        from: element.closest<HTMLElement>('tr[data-line]') ?? element,
      });
  };
  return (
    <span>
      {segments.map((segment, i) => {
        const text = segment.text.slice(0, LONGEST);
        const key = `${i}`;
        if (!segment.parameter) return <span key={key}>{marked(text, words)}</span>;
        if (!onValue)
          return (
            <span key={key} className={classes['value']} data-type={segment.parameter.type}>
              {marked(text, words)}
            </span>
          );
        return (
          <UnstyledButton
            key={key}
            component="span"
            role="button"
            tabIndex={isStop ? 0 : -1}
            className={classes['value']}
            data-type={segment.parameter.type}
            onClick={(event) => {
              event.stopPropagation();
              pick(event.currentTarget, segment);
            }}
            onKeyDown={(event: KeyboardEvent<HTMLElement>) => {
              if (event.key !== 'Enter' && event.key !== ' ') return;
              event.preventDefault();
              event.stopPropagation();
              pick(event.currentTarget, segment);
            }}
          >
            {marked(text, words)}
          </UnstyledButton>
        );
      })}
    </span>
  );
}

function marked(text: string, words: readonly string[]): ReactNode {
  const places = markedPlaces(text, words);
  if (places.length === 0) return text;
  const parts: ReactNode[] = [];
  let at = 0;
  for (const [start, end] of places) {
    parts.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>);
    at = end;
  }
  parts.push(text.slice(at));
  return parts;
}

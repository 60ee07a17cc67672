import { Box, Tooltip } from '@mantine/core';
import { IconTriangleFilled, IconTriangleInvertedFilled } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import type { Timeline } from '../../main/timeline/contract/timeline.ts';
import { areaPath, clamp, linePath, packRows, placeOf, type Span } from './clock-scale.ts';
import classes from './one-clock.module.css';
import type { Frame } from './one-clock.tsx';

type Lane = Timeline['lanes'][number];
const LANE_PX = 62;
const MARK_PX = 14;

type LaneProps = {
  readonly lane: Lane;
  readonly frame: Frame;
  /** the whole lane in a sentence */
  readonly label: string;
  /** where a change of staff leads to, and how it reads */
  readonly markHref: string;
  readonly markLabel: (mark: Lane['staffing'][number]) => string;
};
const inside = (at: number, { from, to }: Span): boolean => at >= from && at <= to;

/** One queue: backlog as a soft hill, throughput as a line, each on its own scale from 0; deadlines as walls, staff as marks. */
export const LanePlot = memo(function LanePlot({ lane, frame, label, markHref, markLabel }: LaneProps) {
  const { span, width } = frame;
  // one point beyond each end, so that lines reach the edge
  const first = Math.max(0, lane.points.findIndex((p) => p.at >= span.from) - 1);
  const last = lane.points.findLastIndex((p) => p.at <= span.to) + 2;
  const points = lane.points.slice(first, Math.max(first, last));
  const top = (pick: (p: Lane['points'][number]) => number | null): number =>
    Math.max(1, ...points.map((p) => pick(p) ?? 0));
  const x = (at: number): number => placeOf(at, span, width);
  const scale = (max: number) => (value: number) => LANE_PX - 3 - (value / max) * (LANE_PX - MARK_PX - 6);
  const backlog = { x, y: scale(top((p) => p.backlog)) };
  const throughput = { x, y: scale(top((p) => p.throughput)) };
  const hill = points.map((p) => ({ at: p.at, value: p.backlog }));
  const line = points.map((p) => ({ at: p.at, value: p.throughput }));
  return (
    <>
      <svg role="img" aria-label={label} width={width} height={LANE_PX} className={classes['lane']}>
        <path d={areaPath(hill, backlog, LANE_PX - 2)} className={classes['backlogArea']} />
        <path d={linePath(hill, backlog)} className={classes['backlogLine']} />
        <path d={linePath(line, throughput)} className={classes['throughput']} />
        {lane.deadlines
          .filter((at) => inside(at, span))
          .map((at) => (
            <line key={at} x1={x(at)} x2={x(at)} y1={MARK_PX} y2={LANE_PX} className={classes['deadline']} />
          ))}
      </svg>
      {lane.staffing
        .filter((mark) => inside(mark.at, span) && mark.change !== 0)
        .map((mark) => (
          <Tooltip
            key={`${mark.at}${mark.change}`}
            label={markLabel(mark)}
            multiline
            maw={320}
            openDelay={80}
          >
            <a
              href={markHref}
              className={classes['mark']}
              data-up={mark.change > 0 || undefined}
              style={{ left: clamp(x(mark.at), 8, width - 22) }}
              aria-label={markLabel(mark)}
            >
              {mark.change > 0 ? <IconTriangleFilled size={8} /> : <IconTriangleInvertedFilled size={8} />}
              {Math.abs(mark.change)}
            </a>
          </Tooltip>
        ))}
    </>
  );
});

type IncidentBar = {
  readonly id: string;
  readonly from: number;
  /** where it ends on the axis; an open one reaches now */
  readonly to: number;
  readonly open: boolean;
  readonly severity: 'low' | 'medium' | 'high';
  readonly title: string;
  readonly label: string;
  readonly href: string;
  readonly icon: ReactNode;
};
type BarsProps = { readonly bars: readonly IncidentBar[]; readonly frame: Frame };
const BAR_PX = 24;
const TITLE_PX = 420;
/** About how wide a title is: wide characters of Japanese, narrow ones of Latin; never wider than is worth reading. */
const widthOf = (text: string): number =>
  Math.min(TITLE_PX, 34 + [...text].reduce((px, char) => px + (char > '\u2e7f' ? 12.5 : 7), 0));

/** Incidents as bars over their time; the title stands in the bar or, where that is too short, beside it. */
export const IncidentBars = memo(function IncidentBars({ bars, frame: { span, width } }: BarsProps) {
  const placed = packRows(
    bars
      .filter((bar) => bar.to >= span.from && bar.from <= span.to)
      .map((bar) => {
        const left = clamp(placeOf(bar.from, span, width), 0, width);
        const right = clamp(placeOf(bar.to, span, width), left + 6, Math.max(left + 6, width));
        const room = widthOf(bar.title);
        const isNarrow = right - left < room;
        // beside a short bar there has to be room for the title: to its right, else to its left
        const flip = isNarrow && right + room > width && left > width - right;
        return {
          ...bar,
          barLeft: left,
          barRight: right,
          isNarrow,
          flip,
          left: flip ? Math.max(0, left - room) : left,
          right: isNarrow && !flip ? Math.min(width, right + room) : right,
        };
      }),
  );
  const rows = Math.max(0, ...placed.map((bar) => bar.row + 1));
  return (
    <Box pos="relative" style={{ height: Math.max(1, rows) * BAR_PX + 8 }}>
      {placed.map((bar) => (
        <a
          key={bar.id}
          href={bar.href}
          title={bar.label}
          aria-label={bar.label}
          className={classes['bar']}
          data-severity={bar.severity}
          data-open={bar.open || undefined}
          data-flip={bar.flip || undefined}
          style={{
            top: bar.row * BAR_PX + 4,
            left: bar.flip ? bar.left : bar.barLeft,
            width: bar.isNarrow ? bar.right - bar.left : bar.barRight - bar.barLeft,
          }}
        >
          <i style={{ width: bar.barRight - bar.barLeft }} />
          <span data-inside={!bar.isNarrow || undefined}>
            {bar.icon}
            {bar.title}
          </span>
        </a>
      ))}
    </Box>
  );
});

type StripProps = {
  readonly lines: readonly number[];
  readonly errors: readonly number[];
  readonly from: number;
  readonly bucketMs: number;
  /** most errors of any service in a bucket: the darkest red */
  readonly most: number;
  /** nothing is known after it */
  readonly until: number;
  readonly frame: Frame;
  readonly label: string;
};
const STRIP_PX = 20;

/** Errors of a service as heat; grey where it only talked, empty where it was silent. */
export const ErrorStrip = memo(function ErrorStrip(props: StripProps) {
  const { lines, errors, from, bucketMs, most, until, frame, label } = props;
  const { span, width } = frame;
  const cells = lines.map((count, i) => {
    const at = from + i * bucketMs;
    const left = placeOf(at, span, width);
    const right = placeOf(Math.min(at + bucketMs, until), span, width);
    const errorCount = errors[i] ?? 0;
    return { at, left: Math.max(0, left), right: Math.min(width, right), count, errorCount };
  });
  return (
    <svg role="img" aria-label={label} width={width} height={STRIP_PX}>
      {cells
        .filter(({ left, right, count, errorCount }) => right > left && (count > 0 || errorCount > 0))
        .map(({ at, left, right, errorCount }) => (
          <rect
            key={at}
            x={left}
            y={4}
            width={Math.max(1, right - left + 0.4)}
            height={STRIP_PX - 7}
            className={errorCount > 0 ? classes['hot'] : classes['talking']}
            style={errorCount > 0 ? { opacity: 0.25 + 0.75 * Math.sqrt(errorCount / Math.max(1, most)) } : {}}
          />
        ))}
    </svg>
  );
});

import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { formatDateTime, formatTime } from '../../main/api/contract/format.ts';
import { useWords } from '../words.ts';
import { clamp, instantAt, lengthOf, moved, placeOf, type Span, ticksOf, zoomed } from './clock-scale.ts';
import classes from './one-clock.module.css';
import type { Words } from './parts.ts';

export type ClockRow = {
  readonly key: string;
  /** what stands beside the plot; told the instant under the crosshair */
  readonly head: (at: number | null) => ReactNode;
  readonly plot: (frame: Frame) => ReactNode;
  readonly kind: 'incidents' | 'logs' | 'lane';
};
export type Frame = { readonly span: Span; readonly width: number };
type Props = {
  readonly rows: readonly ClockRow[];
  readonly span: Span;
  /** as far as one can zoom out */
  readonly whole: Span;
  /** drawn through every row, e.g. the time of an incident */
  readonly bands: readonly { readonly from: number; readonly to: number; readonly severity: string }[];
  readonly now: number;
  readonly label: string;
  readonly words: Words;
  readonly onSpan: (span: Span) => void;
};
const HEAD_PX = 232;
const NARROW_PX = 720;
/** less is a click, not a drag */
const DRAG_PX = 6;

/** Rows of anything over one axis of time: one crosshair, one zoom. Drag to come closer, arrow keys to read along. */
export function OneClock({ rows, span, whole, bands, now, label, words, onSpan }: Props) {
  const t = useWords('timeline');
  const box = useRef<HTMLDivElement>(null);
  const [total, setTotal] = useState(0);
  const [at, setAt] = useState<number | null>(null);
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  useEffect(() => {
    if (!box.current) return;
    const resize = new ResizeObserver(([entry]) => setTotal(Math.floor(entry?.contentRect.width ?? 0)));
    resize.observe(box.current);
    return () => resize.disconnect();
  }, []);
  const head = total < NARROW_PX ? 132 : HEAD_PX;
  const width = Math.max(0, total - head);
  const frame = useMemo(() => ({ span, width }), [span, width]);
  const pxOf = (event: { clientX: number }): number =>
    clamp(event.clientX - (box.current?.getBoundingClientRect().left ?? 0) - head, 0, width);

  const onPointerMove = (event: PointerEvent): void => {
    const inPlot = event.clientX - (box.current?.getBoundingClientRect().left ?? 0) >= head;
    setAt(inPlot || drag ? instantAt(pxOf(event), span, width) : null);
    if (drag) setDrag({ ...drag, to: pxOf(event) });
  };
  const onPointerDown = (event: PointerEvent): void => {
    const target = event.target instanceof Element ? event.target : null;
    if (event.button !== 0 || target?.closest('a, button') || !target?.closest('[data-plot]')) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ from: pxOf(event), to: pxOf(event) });
  };
  const onPointerUp = (): void => {
    if (drag && Math.abs(drag.to - drag.from) > DRAG_PX) {
      const [a, b] = [drag.from, drag.to].toSorted((x, y) => x - y).map((px) => instantAt(px, span, width));
      if (a !== undefined && b !== undefined) onSpan(zoomed({ from: a, to: b }, 1, (a + b) / 2, whole));
    }
    setDrag(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const step = lengthOf(span) / 48;
    const here = at ?? Math.min(now, span.to);
    const read = (instant: number) => (): void => setAt(instant);
    const zoom = (factor: number) => (): void => onSpan(zoomed(span, factor, here, whole));
    const go = (sign: number) => (): void =>
      event.shiftKey ? onSpan(moved(span, sign * step * 8, whole)) : setAt(here + sign * step);
    const acts: Readonly<Record<string, () => void>> = {
      ArrowRight: go(1),
      ArrowLeft: go(-1),
      '+': zoom(0.5),
      ';': zoom(0.5),
      '-': zoom(2),
      '0': () => onSpan(whole),
      Home: read(span.from),
      End: read(span.to),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  // wheel listeners of React are passive: zooming has to keep the page where it is
  const zoom = useRef({ span, whole, at, onSpan });
  zoom.current = { span, whole, at, onSpan };
  useEffect(() => {
    const host = box.current;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { span: s, whole: w, at: here, onSpan: set } = zoom.current;
      set(zoomed(s, event.deltaY > 0 ? 1.25 : 0.8, here ?? (s.from + s.to) / 2, w));
    };
    host?.addEventListener('wheel', onWheel, { passive: false });
    return () => host?.removeEventListener('wheel', onWheel);
  }, []);

  const crosshair = at !== null && at >= span.from && at <= span.to ? at : null;
  const left = (instant: number): number => head + clamp(placeOf(instant, span, width), 0, width);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups inputs; this groups readings
    <div
      ref={box}
      role="group"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the crosshair here
      tabIndex={0}
      className={classes['clock']}
      style={{ '--head': `${head}px` } as CSSProperties}
      onPointerMove={onPointerMove}
      onPointerDown={onPointerDown}
      onPointerUp={onPointerUp}
      onPointerLeave={() => drag === null && setAt(null)}
      onDoubleClick={() => onSpan(whole)}
      onKeyDown={onKeyDown}
    >
      {width > 0 && (
        <>
          <Axis frame={frame} words={words} at={crosshair} />
          <div className={classes['back']} aria-hidden>
            {bands
              .filter((band) => band.to > span.from && band.from < span.to)
              .map((band) => (
                <i
                  key={`${band.from}-${band.to}-${band.severity}`}
                  className={classes['band']}
                  data-severity={band.severity}
                  style={{ left: left(band.from), width: Math.max(2, left(band.to) - left(band.from)) }}
                />
              ))}
            {ticksOf(span, width, words.zone).map((tick) => (
              <i key={tick.at} className={classes['rule']} style={{ left: left(tick.at) }} />
            ))}
            {now >= span.from && now <= span.to && (
              <i className={classes['now']} style={{ left: left(now) }} title={t('now')} />
            )}
          </div>
          {rows.map((row) => (
            <div key={row.key} className={classes['row']} data-row={row.kind}>
              <div className={classes['rowHead']}>{row.head(crosshair)}</div>
              <div className={classes['plot']} data-plot>
                {row.plot(frame)}
              </div>
            </div>
          ))}
          {crosshair !== null && (
            <i className={classes['cross']} style={{ left: left(crosshair) }} aria-hidden />
          )}
          {drag && Math.abs(drag.to - drag.from) > DRAG_PX && (
            <i
              className={classes['drag']}
              aria-hidden
              style={{ left: head + Math.min(drag.from, drag.to), width: Math.abs(drag.to - drag.from) }}
            />
          )}
        </>
      )}
    </div>
  );
}

type AxisProps = { readonly frame: Frame; readonly words: Words; readonly at: number | null };
function Axis({ frame: { span, width }, words, at }: AxisProps) {
  const ticks = ticksOf(span, width, words.zone);
  const write = (tick: { at: number; day: boolean }): string =>
    tick.day
      ? formatDateTime(tick.at, words.zone, words.lang).replace(/[,\s]*00:00$/, '')
      : formatTime(tick.at, words.zone, words.lang);
  return (
    <div className={classes['axis']} aria-hidden>
      <div />
      <div className={classes['plot']}>
        {ticks
          .map((tick) => ({ ...tick, x: placeOf(tick.at, span, width) }))
          .filter(({ x }) => x > 14 && x < width - 14)
          .map((tick) => (
            <span key={tick.at} style={{ left: tick.x }} data-day={tick.day || undefined}>
              {write(tick)}
            </span>
          ))}
        {at !== null && (
          <b style={{ left: clamp(placeOf(at, span, width), 20, width - 20) }}>
            {formatTime(at, words.zone, words.lang)}
          </b>
        )}
      </div>
    </div>
  );
}

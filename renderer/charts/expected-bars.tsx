import { useEffect, useRef, useState } from 'react';
import classes from './small-charts.module.css';

type Bar = { readonly at: number; readonly value: number };
type Props = {
  readonly bars: readonly Bar[];
  readonly bucketMs: number;
  /** what is usual in one bar; null: not known */
  readonly usual: { readonly low: number; readonly mean: number; readonly high: number } | null;
  /** the time that is talked about: its bars stand out */
  readonly during: { readonly from: number; readonly to: number };
  readonly write: (bar: Bar) => string;
  readonly ends: readonly [string, string];
  readonly legend: { readonly usual: string; readonly during: string };
  readonly label: string;
};
const HEIGHT = 64;

/** Counts over time before the band of what is usual; the time in question in the colour of alarm. */
export function ExpectedBars({ bars, bucketMs, usual, during, write, ends, legend, label }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!box.current) return;
    const resize = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    resize.observe(box.current);
    return () => resize.disconnect();
  }, []);
  const top = Math.max(1, usual?.high ?? 0, ...bars.map((bar) => bar.value));
  const y = (value: number): number => HEIGHT - (value / top) * (HEIGHT - 4);
  const step = width / Math.max(1, bars.length);
  return (
    <figure className={classes['expectedFigure']}>
      <div ref={box}>
        {width > 0 && (
          <svg
            role="img"
            aria-label={label}
            width={width}
            height={HEIGHT}
            className={classes['expectedChart']}
          >
            {usual && (
              <>
                <rect
                  x={0}
                  width={width}
                  y={y(usual.high)}
                  height={Math.max(1.5, y(usual.low) - y(usual.high))}
                  className={classes['expectedBand']}
                />
                <line
                  x1={0}
                  x2={width}
                  y1={y(usual.mean)}
                  y2={y(usual.mean)}
                  className={classes['expectedMean']}
                />
              </>
            )}
            {bars.map((bar, i) => (
              <g key={bar.at}>
                <rect x={i * step} width={step} y={0} height={HEIGHT} className={classes['expectedHit']}>
                  <title>{write(bar)}</title>
                </rect>
                {bar.value > 0 && (
                  <rect
                    x={i * step + Math.min(1, step * 0.1)}
                    width={Math.max(1, step - Math.min(2, step * 0.2))}
                    y={Math.min(HEIGHT - 1.5, y(bar.value))}
                    height={Math.max(1.5, HEIGHT - y(bar.value))}
                    className={classes['expectedBar']}
                    data-during={(bar.at + bucketMs > during.from && bar.at < during.to) || undefined}
                  />
                )}
              </g>
            ))}
          </svg>
        )}
      </div>
      <figcaption>
        <span>{ends[0]}</span>
        <span className={classes['expectedLegend']}>
          <i data-mark="during" />
          {legend.during}
          {usual && (
            <>
              <i data-mark="usual" />
              {legend.usual}
            </>
          )}
        </span>
        <span>{ends[1]}</span>
      </figcaption>
    </figure>
  );
}

import classes from './mini-bars.module.css';

type Props = {
  readonly bars: readonly { readonly value: number; readonly title: string }[];
  readonly label: string;
  readonly height?: number;
  /** words under the first and the last bar */
  readonly ends?: readonly [string, string];
};

/** Small upright bars with what each means on hover: a distribution, or counts over time. */
export function MiniBars({ bars, label, height = 56, ends }: Props) {
  const top = Math.max(1, ...bars.map((bar) => bar.value));
  return (
    <figure className={classes['figure']}>
      <div role="img" aria-label={label} className={classes['bars']} style={{ height }}>
        {bars.map((bar, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
          <span key={i} className={classes['slot']} title={bar.title}>
            <span
              className={classes['bar']}
              style={{ height: bar.value === 0 ? 0 : `max(2px, ${(bar.value / top) * 100}%)` }}
            />
          </span>
        ))}
      </div>
      {ends && (
        <figcaption className={classes['ends']}>
          <span>{ends[0]}</span>
          <span>{ends[1]}</span>
        </figcaption>
      )}
    </figure>
  );
}

import { Box, Flex } from '@mantine/core';
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
    <Box component="figure" m={0}>
      <div role="img" aria-label={label} className={classes['bars']} style={{ height }}>
        {bars.map((bar, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
          <span key={i} className={classes['slot']} title={bar.title}>
            <Box
              component="span"
              flex={1}
              bdrs="1px 1px 0 0"
              bg="var(--mantine-primary-color-filled)"
              opacity={0.8}
              style={{ height: bar.value === 0 ? 0 : `max(2px, ${(bar.value / top) * 100}%)` }}
            />
          </span>
        ))}
      </div>
      {ends && (
        <Flex component="figcaption" justify="space-between" fz="xs" c="dimmed">
          <span>{ends[0]}</span>
          <span>{ends[1]}</span>
        </Flex>
      )}
    </Box>
  );
}

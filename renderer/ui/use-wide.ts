import { useMediaQuery } from '@mantine/hooks';

/**
 * Whether there is room for a list beside its detail. On paper always: a page is narrower than the window, and what is being printed
 * must not be closed by that.
 */
export const useWide = (from: '62rem' | '68rem'): boolean =>
  useMediaQuery(`(min-width: ${from}), print`, true, { getInitialValueInEffect: false });

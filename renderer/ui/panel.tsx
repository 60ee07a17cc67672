import { Paper } from '@mantine/core';

/** What lies on the page with a border of its own: a card, a box of results, a sheet. */
export const Panel = Paper.withProps({
  bd: '1px solid var(--mantine-color-default-border)',
  bg: 'var(--surface)',
});

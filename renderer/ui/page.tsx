import { Group, Paper, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Note } from './text.tsx';
import classes from './ui.module.css';

/** What lies on the page with a border of its own: a card, a box of results, a sheet. */
export const Panel = Paper.withProps({
  bd: '1px solid var(--mantine-color-default-border)',
  bg: 'var(--surface)',
});

type Props = {
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
};
/** The head of a screen. Its heading takes the focus when the screen opens, so that a reader starts there. */
export function PageHeader({ title, subtitle, actions }: Props) {
  return (
    <Group justify="space-between" align="flex-end" gap="md" mb="lg" wrap="wrap">
      <div>
        <Title order={1} tabIndex={-1} data-page-heading>
          {title}
        </Title>
        {subtitle !== undefined && (
          <Note component="div" mt={4}>
            {subtitle}
          </Note>
        )}
      </div>
      {actions !== undefined && <Group gap="xs">{actions}</Group>}
    </Group>
  );
}

/** Names and values, one pair a line. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={classes['facts']}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/**
 * Whether there is room for a list beside its detail. On paper always: a page is narrower than the window, and what is being printed
 * must not be closed by that.
 */
export const useWide = (from: '62rem' | '68rem'): boolean =>
  useMediaQuery(`(min-width: ${from}), print`, true, { getInitialValueInEffect: false });

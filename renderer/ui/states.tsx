import { Box, Button, Flex, Group, SimpleGrid, Skeleton, Stack, Text, VisuallyHidden } from '@mantine/core';
import {
  IconAlertTriangleFilled,
  IconCircleDashed,
  IconFilterOff,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { wordError } from '../../main/api/contract/errors.ts';
import { isCancelled, toWordable, type WordableError } from '../errors.ts';
import { useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import { Note, Strong } from './text.tsx';
import classes from './ui.module.css';

type Props = {
  /** whatever was thrown, or error data of the engine through `fromErrorData` */
  readonly error: unknown;
  readonly retry?: () => void;
};
const isWordable = (error: unknown): error is WordableError =>
  typeof error === 'object' &&
  error !== null &&
  !(error instanceof Error) &&
  'code' in error &&
  'params' in error;

/** What went wrong and what to do next, in words; stays until it is fixed. Nothing went wrong, or a person stopped it: shows nothing. */
export function ErrorState({ error, retry }: Props) {
  const t = useWords('common');
  const { lang } = useFormat();
  if (error == null || isCancelled(error)) return null;
  const { say, next } = wordError(isWordable(error) ? error : toWordable(error), lang);
  return (
    <Flex
      role="alert"
      align="flex-start"
      gap="0.75rem"
      p="0.75rem 1rem"
      bd="1px solid var(--danger-line)"
      bdrs="md"
      bg="var(--danger-soft)"
    >
      <IconAlertTriangleFilled size={18} className={classes['errorIcon']} aria-hidden />
      <Box flex={1} miw={0}>
        <Strong>{say}</Strong>
        <Text size="sm">{next}</Text>
      </Box>
      {retry && (
        <Button variant="default" size="xs" onClick={retry}>
          {t('retry')}
        </Button>
      )}
    </Flex>
  );
}

type Asked = { readonly error: unknown; readonly refetch?: () => unknown };
/** What a query or a mutation failed with; a query can be tried again. */
export const Failed = ({ of: { error, refetch } }: { readonly of: Asked }) => (
  <ErrorState error={error} {...(refetch ? { retry: () => void refetch() } : {})} />
);

type EmptyStateProps = {
  /** never used · nothing for this filter · failed */
  readonly kind: 'never' | 'no-result' | 'failed';
  readonly title: string;
  readonly text?: ReactNode;
  readonly action?: { readonly label: string; readonly onClick: () => void };
  /** other ways, beside the one */
  readonly others?: ReactNode;
  readonly icon?: ReactNode;
};
const ICON = { never: IconCircleDashed, 'no-result': IconFilterOff, failed: IconPlugConnectedX };

/** Why there is nothing here, and the one thing to do about it. */
export function EmptyState({ kind, title, text, action, others, icon }: EmptyStateProps) {
  const Icon = ICON[kind];
  return (
    <Stack align="center" gap="xs" p="3rem 1.5rem" data-kind={kind}>
      <div className={classes['emptyIcon']}>{icon ?? <Icon size={28} stroke={1.5} />}</div>
      <Text fw={600}>{title}</Text>
      {text !== undefined && (
        <Note component="div" maw="34em" ta="center">
          {text}
        </Note>
      )}
      {(action || others) && (
        <Group gap="xs" justify="center" mt="xs">
          {action && (
            <Button variant={kind === 'never' ? 'filled' : 'default'} onClick={action.onClick}>
              {action.label}
            </Button>
          )}
          {others}
        </Group>
      )}
    </Stack>
  );
}

type LoadingProps = {
  readonly kind?: 'rows' | 'tiles' | 'text';
  readonly count?: number;
};
/** The shape of what is coming. */
export function Loading({ kind = 'rows', count = 6 }: LoadingProps) {
  const t = useWords('common');
  const bones = Array.from({ length: count }, (_, i) => i);
  return (
    <div aria-busy="true">
      <VisuallyHidden role="status">{t('loading')}</VisuallyHidden>
      {kind === 'tiles' ? (
        <SimpleGrid cols={{ base: 2, md: 4 }}>
          {bones.map((i) => (
            <Skeleton key={i} height={92} radius="md" />
          ))}
        </SimpleGrid>
      ) : (
        <Stack gap="xs">
          {bones.map((i) => (
            <Skeleton
              key={i}
              height={kind === 'rows' ? 34 : 14}
              width={kind === 'text' ? `${92 - (i % 3) * 14}%` : '100%'}
            />
          ))}
        </Stack>
      )}
    </div>
  );
}

/** A query without an answer: on its way, or failed. */
export const Pending = ({ of, ...loading }: LoadingProps & { readonly of: Asked }) =>
  of.error == null ? <Loading {...loading} /> : <Failed of={of} />;

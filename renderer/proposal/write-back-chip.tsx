import { Button, Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconClock,
  IconDatabaseImport,
  IconDatabaseOff,
  IconLoader2,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Decision } from '../../main/api/contract/placement.ts';
import { orpc } from '../engine-hooks.ts';
import { fromErrorData } from '../errors.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { Fine } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';
import classes from './proposal.module.css';

const ICON = {
  waiting: IconClock,
  writing: IconLoader2,
  confirmed: IconDatabaseImport,
  failed: IconAlertTriangle,
  'not-configured': IconDatabaseOff,
};
const TONE = {
  waiting: 'watch',
  writing: 'watch',
  confirmed: 'ok',
  failed: 'danger',
  'not-configured': 'plain',
};

/** Whether a decision has reached the company's approval table. "Not yet written" until the row is confirmed. */
export function WriteBackChip({ writeBack }: { readonly writeBack: Decision['writeBack'] }) {
  const { t } = useTranslation('proposals');
  const format = useFormat();
  const retry = useMutation(orpc.approvals.retry.mutationOptions());
  const { state, attempts, confirmedAt, error } = writeBack;
  const Icon = ICON[state];
  const open = state === 'waiting' || state === 'writing' || state === 'failed';
  return (
    <Popover width={360} withArrow shadow="md" position="bottom-start">
      <Popover.Target>
        <UnstyledButton
          className={classes['chip']}
          data-tone={TONE[state]}
          // the row of a table that it may stand in opens something else
          onClick={(event) => event.stopPropagation()}
        >
          <Icon size={14} aria-hidden />
          {t(`writeBack.${state}`)}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown onClick={(event) => event.stopPropagation()}>
        <Stack gap="xs" align="flex-start">
          <Text size="sm">
            {confirmedAt !== null
              ? t('writeBack.confirmedAt', { time: format.dateTime(confirmedAt) })
              : t(state === 'not-configured' ? 'writeBack.notConfigured' : 'writeBack.pending')}
          </Text>
          {open && attempts > 0 && <Fine>{t('writeBack.attempts', { count: attempts })}</Fine>}
          {error && <ErrorState error={fromErrorData(error)} />}
          {retry.isError && <ErrorState error={retry.error} />}
          {open && (
            <Button size="compact-sm" loading={retry.isPending} onClick={() => retry.mutate({})}>
              {t('writeBack.retry')}
            </Button>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

import { Button, Group, Menu } from '@mantine/core';
import {
  IconBellOff,
  IconBellRinging,
  IconCheck,
  IconChevronDown,
  IconGridDots,
  IconMessageCircle,
  IconSparkles,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Alert } from '../../../main/api/contract/alerts.ts';
import { orpc } from '../../engine-hooks.ts';
import { navigate } from '../../router.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { useFormat } from '../../use-format.ts';

const SNOOZE_MINUTES = [10, 30, 60, 240];

/** What can be done about an alert; only what its state allows. */
export function AlertActions({ alert }: { readonly alert: Alert }) {
  const { t } = useTranslation('alerts');
  const format = useFormat();
  const client = useQueryClient();
  const onSettled = (): void => void client.invalidateQueries({ queryKey: orpc.alerts.key() });
  const acknowledge = useMutation(orpc.alerts.acknowledge.mutationOptions({ onSettled }));
  const snooze = useMutation(orpc.alerts.snooze.mutationOptions({ onSettled }));
  const reopen = useMutation(orpc.alerts.reopen.mutationOptions({ onSettled }));
  const { id, state, cell } = alert;
  const live = alert.closedAt === null;
  const error = acknowledge.error ?? snooze.error ?? reopen.error;
  return (
    <>
      <Group gap="xs">
        {cell && live && alert.proposalId === null && (
          <Button
            leftSection={<IconSparkles size={16} />}
            onClick={() =>
              navigate('proposals', null, {
                location: cell.location,
                business: cell.businessId,
                process: cell.process,
                alert: id,
              })
            }
          >
            {t('makeProposal')}
          </Button>
        )}
        {alert.proposalId !== null && (
          <Button
            variant="default"
            leftSection={<IconSparkles size={16} />}
            onClick={() => navigate('proposals', alert.proposalId)}
          >
            {t('viewProposal')}
          </Button>
        )}
        {cell && live && (
          <Button
            variant="default"
            leftSection={<IconMessageCircle size={16} />}
            onClick={() =>
              navigate('chat', null, {
                ask: t('askText', {
                  location: cell.location,
                  process: cell.process,
                  business: cell.businessName,
                }),
                alert: id,
              })
            }
          >
            {t('ask')}
          </Button>
        )}
        {state === 'open' && (
          <Button
            variant="default"
            leftSection={<IconCheck size={16} />}
            loading={acknowledge.isPending}
            onClick={() => acknowledge.mutate({ id })}
          >
            {t('acknowledge')}
          </Button>
        )}
        {(state === 'open' || state === 'acknowledged') && (
          <Menu>
            <Menu.Target>
              <Button
                variant="default"
                leftSection={<IconBellOff size={16} />}
                rightSection={<IconChevronDown size={14} />}
                loading={snooze.isPending}
              >
                {t('snooze')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {SNOOZE_MINUTES.map((minutes) => (
                <Menu.Item key={minutes} onClick={() => snooze.mutate({ id, minutes })}>
                  {t('snoozeFor', { time: format.minutes(minutes) })}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        {(state === 'acknowledged' || state === 'snoozed') && (
          <Button
            variant="default"
            leftSection={<IconBellRinging size={16} />}
            loading={reopen.isPending}
            onClick={() => reopen.mutate({ id })}
          >
            {t('reopen')}
          </Button>
        )}
        {cell && (
          <Button
            variant="subtle"
            leftSection={<IconGridDots size={16} />}
            onClick={() => navigate('situation', null, { cell: cell.cellId })}
          >
            {t('viewCell')}
          </Button>
        )}
        {alert.kind === 'sync-failing' && (
          <Button variant="default" onClick={() => navigate('settings', 'sync')}>
            {t('syncSettings')}
          </Button>
        )}
      </Group>
      {error != null && <ErrorState error={error} />}
    </>
  );
}

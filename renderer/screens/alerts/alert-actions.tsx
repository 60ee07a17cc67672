import { Button, Group, Menu } from '@mantine/core';
import {
  IconBellOff,
  IconBellRinging,
  IconCheck,
  IconChevronDown,
  IconGridDots,
  IconMessageCircle,
  IconSparkles,
  IconVolumeOff,
} from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Alert, AlertMute } from '../../../main/alerts/contract/alerts.ts';
import { wordMute } from '../../../main/alerts/contract/words.ts';
import { orpc } from '../../engine-hooks.ts';
import { navigate } from '../../router.ts';
import { ErrorState } from '../../ui/states.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

const SNOOZE_MINUTES = [10, 30, 60, 240];

/** From the narrowest to the widest that an alert is a case of. */
function muteChoices({ cell, kind }: Alert): AlertMute[] {
  if (!cell) return [];
  const { location, businessId, process } = cell;
  return [{ location, businessId, process, kind }, { location, businessId, process }, { location }, { kind }];
}

/** What can be done about an alert; only what its state allows. */
export function AlertActions({ alert }: { readonly alert: Alert }) {
  const t = useWords('alerts');
  const format = useFormat();
  const acknowledge = useMutation(orpc.alerts.acknowledge.mutationOptions());
  const snooze = useMutation(orpc.alerts.snooze.mutationOptions());
  const reopen = useMutation(orpc.alerts.reopen.mutationOptions());
  const settings = useQuery(orpc.alerts.settings.queryOptions()).data;
  const mute = useMutation(orpc.settings.set.mutationOptions());
  const addMute = (choice: AlertMute): void => {
    if (settings) mute.mutate({ alerts: { ...settings, mutes: [...settings.mutes, choice] } });
  };
  const { id, state, cell } = alert;
  const live = alert.closedAt === null;
  const error = acknowledge.error ?? snooze.error ?? reopen.error ?? mute.error;
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
        {cell && live && (
          <Menu>
            <Menu.Target>
              <Button
                variant="default"
                leftSection={<IconVolumeOff size={16} />}
                rightSection={<IconChevronDown size={14} />}
                loading={mute.isPending}
              >
                {t('mute.title')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {muteChoices(alert).map((choice) => (
                <Menu.Item key={JSON.stringify(choice)} onClick={() => addMute(choice)}>
                  {wordMute(choice, () => cell.businessName, format.lang)}
                </Menu.Item>
              ))}
              {alert.muted && (
                <Menu.Item onClick={() => navigate('settings', 'alerts')}>{t('mute.edit')}</Menu.Item>
              )}
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
      <ErrorState error={error} />
    </>
  );
}

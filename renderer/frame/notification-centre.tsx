import { Anchor, Button, Drawer, Group, Text } from '@mantine/core';
import { IconAlertTriangleFilled, IconBellOff, IconEye, IconInfoCircle } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Notification } from '../../main/alerts/contract/alerts.ts';
import { orpc } from '../engine-hooks.ts';
import { href } from '../router.ts';
import { useUi } from '../stores/ui.ts';
import { EmptyState, Failed } from '../ui/states.tsx';
import { Fine, Note, TimeText } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import classes from './frame.module.css';

const ICON = { info: IconInfoCircle, watch: IconEye, danger: IconAlertTriangleFilled };
/** Where the matter of a notification is dealt with. */
const target = ({ kind, subject }: Notification): string | null => {
  if (kind === 'alert') return href('alerts', subject);
  if (kind === 'incident') return href('incidents', subject);
  if (kind === 'report') return href('reports', subject);
  if (kind === 'outcome') return href('history', 'outcomes', { proposal: subject });
  if (kind === 'write-back') return href('history');
  if (kind === 'task') return href('tasks');
  return kind === 'sync' ? href('settings', 'company') : href('settings', 'log');
};

/** The history of everything that happened without the person asking. */
export function NotificationCentre() {
  const t = useWords('frame');
  const opened = useUi((s) => s.notifications);
  const show = useUi((s) => s.show);
  const close = (): void => show('notifications', false);
  const list = useQuery(orpc.notifications.list.queryOptions({ input: { limit: 100 } }));
  const read = useMutation(orpc.notifications.read.mutationOptions());
  const items = list.data?.items ?? [];
  return (
    <Drawer opened={opened} onClose={close} title={t('notifications.title')}>
      <Failed of={list} />
      <Failed of={read} />
      {list.data && items.length === 0 && (
        <EmptyState
          kind="never"
          icon={<IconBellOff size={26} stroke={1.5} />}
          title={t('notifications.empty')}
          text={t('notifications.emptyText')}
        />
      )}
      {items.length > 0 && (
        <Group justify="space-between" mb="xs">
          <Note>{t('notifications.unread', { count: list.data?.unread ?? 0 })}</Note>
          <Button
            size="compact-sm"
            variant="subtle"
            disabled={!list.data?.unread}
            loading={read.isPending}
            onClick={() => read.mutate({})}
          >
            {t('notifications.readAll')}
          </Button>
        </Group>
      )}
      {items.map((item) => (
        <Notice
          key={item.id}
          item={item}
          onOpen={() => {
            if (item.readAt === null) read.mutate({ ids: [item.id] });
            close();
          }}
        />
      ))}
    </Drawer>
  );
}

function Notice({ item, onOpen }: { readonly item: Notification; readonly onOpen: () => void }) {
  const t = useWords('frame');
  const format = useFormat();
  const Icon = ICON[item.severity];
  const link = target(item);
  const title = format.pick(item.title);
  return (
    <article className={classes['notice']} data-unread={item.readAt === null || undefined}>
      <Icon
        size={17}
        className={classes['noticeIcon']}
        data-severity={item.severity}
        aria-label={t(`notifications.severity.${item.severity}`)}
      />
      {link ? (
        <Anchor href={link} size="sm" fw="inherit" onClick={onOpen}>
          {title}
        </Anchor>
      ) : (
        <Text size="sm" fw="inherit">
          {title}
        </Text>
      )}
      <Fine span>
        <TimeText at={item.at} />
      </Fine>
      <Note className={classes['noticeText']}>{format.pick(item.text)}</Note>
    </article>
  );
}

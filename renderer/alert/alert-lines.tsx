import { Box } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { orpc } from '../engine-hooks.ts';
import { href } from '../router.ts';
import { RiskBadge } from '../ui/badges.tsx';
import { Panel } from '../ui/page.tsx';
import { Failed } from '../ui/states.tsx';
import { Fine } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';
import { VerdictBadge } from '../verdict/verdict.tsx';
import { useWords } from '../words.ts';
import classes from './alert.module.css';
import { lineOf, titleOf } from './alert-words.ts';

/** Alerts an answer speaks of, each a line that opens it. */
export function AlertLines({ ids, title }: { readonly ids: readonly string[]; readonly title: string }) {
  const t = useWords('alerts');
  const format = useFormat();
  const list = useQuery(orpc.alerts.list.queryOptions({ input: { limit: 500 }, enabled: ids.length > 0 }));
  const found = list.data?.alerts.filter((alert) => ids.includes(alert.id)) ?? [];
  if (list.isError) return <Failed of={list} />;
  if (found.length === 0) return null;
  return (
    <section aria-label={title}>
      <Fine mb={4}>{title}</Fine>
      <Panel style={{ overflow: 'hidden' }}>
        {found.map((alert) => (
          <a key={alert.id} href={href('alerts', alert.id)} className={classes['line']}>
            <RiskBadge risk={alert.severity} label={t(`severity.${alert.severity}`)} />
            <b>{titleOf(alert, format)}</b>
            <Box component="span" flex={1} miw={0} c="dimmed">
              {lineOf(alert, t, format)}
            </Box>
            {alert.verdict && <VerdictBadge sides={alert.verdict.sides} />}
            <IconChevronRight size={14} aria-hidden />
          </a>
        ))}
      </Panel>
    </section>
  );
}

import { Anchor, Box, Button, Group, Tooltip } from '@mantine/core';
import { IconCalendarCheck, IconCircleOff, IconHourglass } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Anomaly } from '../../../main/anomalies/contract/anomalies.ts';
import { orpc } from '../../engine-hooks.ts';
import { LevelBadge } from '../../logs/level-badge.tsx';
import { linesHref } from '../../logs/log-address.ts';
import { href } from '../../router.ts';
import { SeverityBadge } from '../../ui/badges.tsx';
import { Failed } from '../../ui/states.tsx';
import { TimeText } from '../../ui/text.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { AnomalyChart } from './anomaly-chart.tsx';
import { ExpectDialog } from './expect-dialog.tsx';
import classes from './incidents.module.css';

const AROUND_MS = 15 * 60_000;
/** a session may have begun so long before the window it ended in */
const SESSION_MS = 60 * 60_000;

/** One anomaly: its sentence, the numbers the sentence rests on, and what may be done about it. */
export function AnomalyCard({
  anomaly,
  alone = false,
}: {
  readonly anomaly: Anomaly;
  readonly alone?: boolean;
}) {
  const t = useWords('incidents');
  const format = useFormat();
  const [expecting, setExpecting] = useState(false);
  const dismiss = useMutation(
    orpc.anomalies.dismiss.mutationOptions({
      onSuccess: () => showDone(t('anomaly.dismissed')),
    }),
  );
  const { kind, templateId, service, at, until, state } = anomaly;
  const isLive = state === 'open' || state === 'over';
  return (
    <article className={classes['anomaly']} aria-label={format.pick(anomaly.words)}>
      <Group gap={8}>
        <SeverityBadge severity={anomaly.severity} label={t(`severity.${anomaly.severity}`)} />
        <Tooltip label={t(`kindHelp.${kind}`)} multiline maw={300}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation must be reachable by keyboard */}
          <span className={classes['kind']} tabIndex={0}>
            {t(`kind.${kind}`)}
          </span>
        </Tooltip>
        {anomaly.level && <LevelBadge level={anomaly.level} />}
        <Box component="span" fz={12} c="dimmed">
          {service && `${service}${format.dot}`}
          <TimeText at={at} />
          {until !== null && until > at && t('anomaly.to', { time: format.time(until) })}
          {format.dot}
          {t(`anomaly.state.${state}`)}
        </Box>
        {anomaly.learning && (
          <Tooltip label={t('anomaly.learningHelp')} multiline maw={300}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation must be reachable by keyboard */}
            <span className={classes['learning']} tabIndex={0}>
              <IconHourglass size={12} aria-hidden />
              {t('anomaly.learning')}
            </span>
          </Tooltip>
        )}
      </Group>
      <p className={classes['sentence']}>{format.pick(anomaly.words)}</p>
      <Examples anomaly={anomaly} />
      <Numbers anomaly={anomaly} />
      <AnomalyChart anomaly={anomaly} />
      <Failed of={dismiss} />
      <Group gap="xs">
        {(templateId !== null || service) && (
          <Anchor
            size="sm"
            href={linesHref(
              templateId === null ? { services: service ? [service] : [] } : { templates: [templateId] },
              {
                kind: 'between',
                from: at - AROUND_MS,
                to: Math.max(at + anomaly.windowMs, until ?? at) + AROUND_MS,
              },
            )}
          >
            {t('act.lines')}
          </Anchor>
        )}
        {alone && anomaly.incidentId !== null && (
          <Anchor size="sm" href={href('incidents', anomaly.incidentId)}>
            {t('anomaly.openIncident')}
          </Anchor>
        )}
        {isLive && (
          <>
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconCalendarCheck size={14} />}
              onClick={() => setExpecting(true)}
            >
              {t('anomaly.expect')}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              leftSection={<IconCircleOff size={14} />}
              loading={dismiss.isPending}
              onClick={() => dismiss.mutate({ id: anomaly.id })}
            >
              {t('anomaly.dismiss')}
            </Button>
          </>
        )}
      </Group>
      <ExpectDialog opened={expecting} anomaly={anomaly} onClose={() => setExpecting(false)} />
    </article>
  );
}

/** The sessions it is about: each opens its own lines, which the lines of one template would hide among the usual ones. */
function Examples({ anomaly: { examples, at, until, windowMs } }: { readonly anomaly: Anomaly }) {
  const t = useWords('incidents');
  if (examples.length === 0) return null;
  const range = {
    kind: 'between',
    from: at - SESSION_MS,
    to: Math.max(at + windowMs, until ?? at) + AROUND_MS,
  } as const;
  return (
    <p className={classes['examples']}>
      {t('anomaly.examples')}
      {examples.map((id) => (
        <Anchor key={id} size="sm" href={linesHref({ words: `"${id}"` }, range)}>
          {id}
        </Anchor>
      ))}
    </p>
  );
}

const digits = (value: number): number =>
  Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 1 ? 1 : 2;

function Numbers({ anomaly }: { readonly anomaly: Anomaly }) {
  const t = useWords('incidents');
  const format = useFormat();
  const { kind, observed, expected, sd, score, windowMs, baselineDays } = anomaly;
  const number = (value: number): string =>
    kind === 'new-component' ? format.percent(value) : format.number(value, digits(value));
  // what `score` is depends on the kind
  const howFarOut = (score: number): readonly [string, string] =>
    kind === 'new-template'
      ? [t('anomaly.novelty'), format.number(score, 2)]
      : kind === 'new-component'
        ? [t('anomaly.ratio'), t('anomaly.times', { n: format.number(score, 1) })]
        : [t('anomaly.score'), t('anomaly.sigma', { n: format.number(score, 1) })];
  const facts: (readonly [string, string])[] = [
    [t(kind === 'sequence' ? 'anomaly.observedRuns' : 'anomaly.observed'), number(observed)],
    ...(expected === null
      ? []
      : [
          [
            t('anomaly.expected'),
            sd === null ? number(expected) : `${number(expected)} ± ${number(sd)}`,
          ] as const,
        ]),
    ...(score === null ? [] : [howFarOut(score)]),
    ...(windowMs > 0 ? [[t('anomaly.window'), format.minutes(windowMs / 60_000)] as const] : []),
    [
      t('anomaly.baseline'),
      t('anomaly.baselineDays', { n: format.number(baselineDays, baselineDays < 3 ? 1 : 0) }),
    ],
  ];
  return (
    <dl className={classes['numbers']}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

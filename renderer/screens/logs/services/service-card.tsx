import { ActionIcon, Anchor, Badge, Group, Menu, Skeleton, Text, UnstyledButton } from '@mantine/core';
import {
  IconAlertOctagon,
  IconArrowBarToUp,
  IconArrowLeft,
  IconArrowRight,
  IconDots,
  IconEyeOff,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Sparkline } from '../../../charts/mini-bars.tsx';
import { linesHref } from '../../../logs/log-address.ts';
import { href } from '../../../router.ts';
import type { TimeRange } from '../../../stores/time-range.ts';
import { Panel } from '../../../ui/page.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import classes from './services.module.css';
import { type Durations, ERROR_LEVELS, type ServiceHealth } from './use-services.ts';

export type CardActs = {
  readonly move: (name: string, to: 'first' | 'before' | 'after') => void;
  readonly hide: (name: string) => void;
  readonly openDurations: (name: string) => void;
};
type Props = {
  readonly service: ServiceHealth;
  /** undefined: not known yet */
  readonly duration: { readonly p50: number | null; readonly p95: number | null } | null | undefined;
  readonly range: TimeRange;
  readonly now: number;
  readonly acts: CardActs;
};

/** One service: its figures, each the way to its rows. */
export function ServiceCard({ service, duration, range, now, acts }: Props) {
  const t = useWords('logs');
  const format = useFormat();
  const { name, lines, errors, lastAt, incidents } = service;
  const title = name || t('services.unnamed');
  const query = { services: [name] };
  return (
    <Panel
      component="article"
      aria-label={title}
      className={classes['card'] ?? ''}
      data-trouble={incidents.length > 0 || undefined}
    >
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text component="h2" fw={650} truncate title={title}>
          {title}
        </Text>
        <Group gap={4} wrap="nowrap" flex="none">
          <OpenIncidents incidents={incidents} title={title} />
          <CardMenu name={name} title={title} acts={acts} />
        </Group>
      </Group>
      <dl className={classes['figures']}>
        <Figure name={t('services.lines')}>
          <Anchor href={linesHref(query, range)}>{format.number(lines)}</Anchor>
        </Figure>
        <Figure name={t('services.errors')}>
          <Anchor
            href={linesHref({ ...query, levels: ERROR_LEVELS }, range)}
            {...(errors > 0 && { c: 'var(--danger-text)' })}
          >
            {format.number(errors)}
          </Anchor>
          {errors > 0 && (
            <Sparkline
              values={service.trend}
              tone="danger"
              label={t('services.trend', { n: format.number(errors) })}
            />
          )}
        </Figure>
        <Figure name={t('services.p50')}>
          <Duration ms={duration?.p50} of={duration} onOpen={() => acts.openDurations(name)} />
        </Figure>
        <Figure name={t('services.p95')}>
          <Duration ms={duration?.p95} of={duration} onOpen={() => acts.openDurations(name)} />
        </Figure>
        <Figure name={t('services.last')}>
          {lastAt === null ? (
            '–'
          ) : (
            <Anchor
              href={linesHref({ ...query, noise: true }, { kind: 'all' })}
              title={format.dateTime(lastAt)}
            >
              {format.ago(lastAt, now)}
            </Anchor>
          )}
        </Figure>
      </dl>
    </Panel>
  );
}

const Figure = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** A length of time as one reads it: `139 ms`, `1.3 s`, `2.5 min`. */
function Duration({
  ms,
  of,
  onOpen,
}: {
  readonly ms: number | null | undefined;
  readonly of: Props['duration'];
  readonly onOpen: () => void;
}) {
  const t = useWords('logs');
  const format = useFormat();
  if (of === undefined) return <Skeleton height={16} width={48} />;
  if (ms === null || ms === undefined) return <span title={t('services.noDuration')}>–</span>;
  const [unit, by, digits] =
    ms < 1000
      ? (['ms', 1, 0] as const)
      : ms < 60_000
        ? (['s', 1000, 1] as const)
        : (['min', 60_000, 1] as const);
  return (
    <UnstyledButton className={classes['opens'] ?? ''} onClick={onOpen}>
      {t(`services.length.${unit}`, { n: format.number(ms / by, digits) })}
    </UnstyledButton>
  );
}

function OpenIncidents({
  incidents,
  title,
}: {
  readonly incidents: ServiceHealth['incidents'];
  readonly title: string;
}) {
  const t = useWords('logs');
  const format = useFormat();
  if (incidents.length === 0) return null;
  const n = format.number(incidents.length);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Badge
          component="button"
          type="button"
          color="red"
          variant="light"
          leftSection={<IconAlertOctagon size={13} aria-hidden />}
          className={classes['badge'] ?? ''}
          aria-label={t('services.incidentsOf', { n, service: title })}
        >
          {t('services.incidents', { n })}
        </Badge>
      </Menu.Target>
      <Menu.Dropdown maw={420}>
        {incidents.map((incident) => (
          <Menu.Item key={incident.id} component="a" href={href('incidents', incident.id)}>
            <Text size="sm" lineClamp={2}>
              {format.pick(incident.title)}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function CardMenu({
  name,
  title,
  acts,
}: {
  readonly name: string;
  readonly title: string;
  readonly acts: CardActs;
}) {
  const t = useWords('logs');
  const item = (icon: ReactNode, label: string, act: () => void) => (
    <Menu.Item leftSection={icon} onClick={act}>
      {label}
    </Menu.Item>
  );
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('services.menu', { service: title })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {item(<IconArrowBarToUp size={15} />, t('services.toFirst'), () => acts.move(name, 'first'))}
        {item(<IconArrowLeft size={15} />, t('services.before'), () => acts.move(name, 'before'))}
        {item(<IconArrowRight size={15} />, t('services.after'), () => acts.move(name, 'after'))}
        {item(<IconEyeOff size={15} />, t('services.hide'), () => acts.hide(name))}
      </Menu.Dropdown>
    </Menu>
  );
}

export const durationOf = (durations: Durations, isPending: boolean, name: string): Props['duration'] =>
  durations.get(name) ?? (isPending ? undefined : null);

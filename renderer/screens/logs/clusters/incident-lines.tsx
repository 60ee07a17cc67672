import { Anchor, Group, Text } from '@mantine/core';
import type { ClusterRecord } from '../../../../main/clusters/contract/clusters.ts';
import { href } from '../../../router.ts';
import { SeverityBadge } from '../../../ui/badges.tsx';
import { Fine } from '../../../ui/text.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import classes from './clusters.module.css';
import { PickedHead } from './picked-head.tsx';
import type { ClusterView } from './use-cluster-view.ts';

const SHOWN = 60;
const MINUTE = 60_000;

/** Of incidents of one kind: how often, when last, how long as a rule, what worked; then each of them. */
export function IncidentFacts({
  record,
  members,
  view,
}: {
  readonly record: ClusterRecord;
  readonly members: readonly number[];
  readonly view: ClusterView;
}) {
  const t = useWords('clusters');
  const format = useFormat();
  return (
    <>
      <Group gap={6}>
        <SeverityBadge severity={record.severity} label={t(`incidents:severity.${record.severity}`)} />
      </Group>
      <Text size="sm" component="div">
        <div>
          {t('incident.times', { count: members.length, last: format.dateTime(record.lastBegan) })}
          {record.open > 0 && t('incident.goesOn', { n: format.number(record.open) })}
        </div>
        {record.usualMs !== null && (
          <div>
            {t('incident.usual', { time: format.minutes(Math.max(1, Math.round(record.usualMs / MINUTE))) })}
          </div>
        )}
      </Text>
      <Text size="xs" fw={600} mt={4}>
        {t('incident.remedies')}
      </Text>
      {record.remedies.length === 0 ? (
        <Fine>{t('incident.noRemedy')}</Fine>
      ) : (
        <ul className={classes['templates']}>
          {record.remedies.map((remedy) => (
            <li key={remedy.id}>
              <Anchor size="xs" href={href('incidents', 'remedies')}>
                {remedy.title}
              </Anchor>
              <small>
                {t('incidents:remedy.record', {
                  worked: format.number(remedy.worked),
                  tried: format.number(remedy.tried),
                })}
              </small>
            </li>
          ))}
        </ul>
      )}
      <Text size="xs" fw={600} mt={4}>
        {t('incident.title', { count: members.length })}
      </Text>
      <IncidentLines numbers={members} view={view} />
    </>
  );
}

type ListProps = { readonly numbers: readonly number[]; readonly view: ClusterView };
/** Incidents, the newest first; each opens. */
function IncidentLines({ numbers, view }: ListProps) {
  const t = useWords('clusters');
  const format = useFormat();
  const wanted = new Set(numbers);
  const incidents = [...view.incidents.values()].filter(({ number }) => wanted.has(number));
  return (
    <ul className={classes['templates']}>
      {incidents.slice(0, SHOWN).map(({ number, title, severity, from, lines }) => (
        <li key={number}>
          <a href={view.hrefOf(number)}>{format.pick(title)}</a>
          <small>
            {[
              format.dateTime(from),
              t(`incidents:severity.${severity}`),
              t('hint.lines', { n: format.number(lines) }),
            ].join(format.dot)}
          </small>
        </li>
      ))}
      {incidents.length > SHOWN && (
        <Fine component="li">{t('incident.more', { n: format.number(incidents.length - SHOWN) })}</Fine>
      )}
    </ul>
  );
}

/** What the lasso caught. */
export function PickedIncidents({ numbers, view }: ListProps) {
  const t = useWords('clusters');
  return (
    <>
      <PickedHead title={t('incident.title', { count: numbers.length })} view={view} />
      <IncidentLines numbers={numbers} view={view} />
    </>
  );
}

import { Anchor, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Alert } from '../../../main/alerts/contract/alerts.ts';
import { partDue } from '../../../main/api/contract/format.ts';
import { titleOf } from '../../alert/alert-words.ts';
import { PlanUnderWay } from '../../alert/plan-under-way.tsx';
import { Sparkline } from '../../charts/mini-bars.tsx';
import { orpc } from '../../engine-hooks.ts';
import { fromErrorData } from '../../errors.ts';
import { ProposalCard } from '../../proposal/proposal-card.tsx';
import { href } from '../../router.ts';
import { RiskBadge } from '../../ui/badges.tsx';
import { StatTile } from '../../ui/stat-tile.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { Fine, Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { VerdictCard, VerdictLine, VerdictOfCell } from '../../verdict/verdict.tsx';
import { useWords } from '../../words.ts';
import { AlertActions } from './alert-actions.tsx';
import { AlertAnswer } from './alert-answer.tsx';
import classes from './alerts.module.css';

type Props = { readonly alert: Alert; readonly now: number };

/** One alert: what, why it fired, what can be done, and the solved answer where there is one. */
export function AlertDetail({ alert, now }: Props) {
  const t = useWords('alerts');
  const format = useFormat();
  const live = alert.closedAt === null;
  return (
    <Stack gap="lg">
      <div className={classes['detail']} data-severity={live ? alert.severity : 'over'}>
        <Group gap="sm">
          <RiskBadge risk={live ? alert.severity : 'unknown'} label={t(`severity.${alert.severity}`)} />
          <Note>
            {t(`state.${alert.state}`)}
            {alert.muted && live && `${format.dot}${t('mute.on')}`}
            {format.dot}
            {t('openedAt', { time: format.dateTime(alert.openedAt) })}
            {alert.state === 'acknowledged' &&
              `${format.dot}${t('acknowledgedBy', { name: alert.acknowledgedBy || t('someone') })}`}
            {alert.state === 'snoozed' &&
              alert.snoozedUntil !== null &&
              `${format.dot}${t('snoozedUntil', { time: format.time(alert.snoozedUntil) })}`}
            {alert.closedAt !== null &&
              `${format.dot}${t('closedAt', { time: format.dateTime(alert.closedAt) })}`}
          </Note>
        </Group>
        <Title order={2} mt={6} mb="sm">
          {titleOf(alert, format)}
        </Title>
        {!alert.evidence && alert.said && (
          <>
            <Text fw={600}>{format.pick(alert.said.title)}</Text>
            <Text size="sm" my={6}>
              {format.pick(alert.said.text)}
              {format.lang === 'ja' ? '。' : '.'}
            </Text>
            {alert.said.points.length > 0 && (
              <ul className={classes['points']}>
                {alert.said.points.map((point) => (
                  <li key={point.ja}>{format.pick(point)}</li>
                ))}
              </ul>
            )}
          </>
        )}
        {alert.verdict && <VerdictLine verdict={alert.verdict} />}
        <PlanUnderWay plan={alert.plan} />
        <AlertAnswer alert={alert} />
        <AlertActions alert={alert} />
        {alert.error && (
          <div style={{ marginTop: 16 }}>
            <ErrorState error={fromErrorData(alert.error)} />
          </div>
        )}
        {alert.evidence && <EvidenceTiles evidence={alert.evidence} severity={alert.severity} now={now} />}
        {alert.deadlines.length > 1 && <Along deadlines={alert.deadlines.slice(1)} />}
        {alert.evidence && <Why alert={alert} evidence={alert.evidence} />}
      </div>
      {alert.proposalId !== null && <ProposalCard id={alert.proposalId} keys={live} />}
      {alert.verdict &&
        (alert.cell && alert.closedAt === null ? (
          <VerdictOfCell cellId={alert.cell.cellId} before={alert.verdict} />
        ) : (
          <VerdictCard verdict={alert.verdict} />
        ))}
    </Stack>
  );
}

type Evidence = NonNullable<Alert['evidence']>;
type TilesProps = { readonly evidence: Evidence; readonly severity: Alert['severity']; readonly now: number };
function EvidenceTiles({ evidence, severity, now }: TilesProps) {
  const t = useWords('alerts');
  const format = useFormat();
  const { deadline, throughput, required, finishAt } = evidence;
  const part = partDue(evidence);
  return (
    <SimpleGrid minColWidth="185px" autoFlow="auto-fit" spacing={8} mt={18}>
      <StatTile label={t('pMiss')} value={format.percent(evidence.pMiss)} tone={severity} />
      <StatTile
        label={t('deadline')}
        value={deadline === null ? '–' : format.time(deadline)}
        hint={deadline === null ? undefined : format.countdown(deadline, now)}
      />
      <StatTile
        label={t('backlog')}
        value={format.number(evidence.backlog)}
        unit={t('items')}
        hint={part === null ? undefined : t('partDue', { n: format.number(part) })}
      />
      <StatTile label={t('short')} value={format.number(evidence.shortItems)} unit={t('items')} />
      <StatTile
        label={t('speed')}
        value={`${throughput === null ? '–' : format.number(throughput)} / ${required === null ? '–' : format.number(required)}`}
        unit={t('perHour')}
      />
      <StatTile
        label={t('finishOfDue')}
        value={finishAt === null ? '–' : format.time(finishAt)}
        hint={finishAt === null ? t('never') : undefined}
      />
    </SimpleGrid>
  );
}

/** The steps of the line that only wait for the one this alert is about. */
function Along({ deadlines }: Pick<Alert, 'deadlines'>) {
  const t = useWords('alerts');
  const format = useFormat();
  return (
    <section className={classes['why']}>
      <Title order={3}>{t('alongTitle')}</Title>
      <ul className={classes['points']}>
        {deadlines.map(({ cell, deadline, pMiss, shortItems }) => (
          <li key={`${cell.cellId} ${deadline}`}>
            {t('along', {
              process: cell.process,
              deadline: format.time(deadline),
              pMiss: format.percent(pMiss),
              short: format.number(shortItems),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Why({ alert, evidence }: { readonly alert: Alert; readonly evidence: Evidence }) {
  const t = useWords('alerts');
  const format = useFormat();
  const rule = useQuery(orpc.alerts.settings.queryOptions()).data;
  const first = evidence.history[0];
  const last = evidence.history.at(-1);
  return (
    <section className={classes['why']}>
      <Title order={3}>{t('why')}</Title>
      {rule && (
        <>
          <Text size="sm">
            {t('rule', {
              level: format.percent(alert.severity === 'danger' ? rule.dangerAt : rule.watchAt),
              snapshots: rule.snapshots,
              severity: t(`severity.${alert.severity}`),
            })}
          </Text>
          <Text size="sm">
            {t('values', {
              values: format.list(
                evidence.history
                  .slice(-rule.snapshots)
                  .map((point) => `${format.time(point.at)} ${format.percent(point.pMiss)}`),
              ),
              watch: format.percent(rule.watchAt),
              danger: format.percent(rule.dangerAt),
            })}
          </Text>
        </>
      )}
      <div className={classes['spark']}>
        <Sparkline
          values={evidence.history.map((point) => point.pMiss)}
          scale="share"
          width={360}
          height={72}
          tone={alert.severity}
          label={t('sparkLabel', { value: format.percent(evidence.pMiss) })}
          {...(rule ? { mark: rule.watchAt } : {})}
        />
        {first && last && first.at !== last.at && (
          <Fine>
            {t('window', {
              from: format.time(first.at),
              to: format.time(last.at),
              count: evidence.history.length,
            })}
          </Fine>
        )}
      </div>
      <Anchor size="sm" href={href('settings', 'alerts')}>
        {t('settings')}
      </Anchor>
    </section>
  );
}

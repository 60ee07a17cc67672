import type { Alert } from '../alerts/contract/alerts.ts';
import { AppError } from '../kernel/errors.ts';
import { api, stream } from './base.ts';
import { CELL_SEPARATOR } from './contract/common.ts';
import { formatCell } from './contract/format.ts';
import { actorOf, type Judgement, judged } from './judged.ts';

const alertJudgement =
  (action: Judgement['action']) =>
  (alert: Alert): Judgement => ({
    action,
    subject: alert.cell ? formatCell(alert.cell) : alert.kind,
    body: {
      alertId: alert.id,
      kind: alert.kind,
      severity: alert.severity,
      pMiss: alert.evidence?.pMiss ?? null,
      deadline: alert.evidence?.deadline ?? null,
      snoozedUntil: alert.snoozedUntil,
    },
  });

export const situation = {
  list: api.situation.list.handler(async ({ input, context: { services } }) => {
    await services.analytics.prepare();
    return services.analytics.situation(input);
  }),
  cell: api.situation.cell.handler(async ({ input, context: { services } }) => {
    await services.analytics.prepare();
    return services.analytics.cell(input.cellId);
  }),
  rows: api.situation.rows.handler(({ input, context }) =>
    context.services.analytics.rows(input.cellId, input.what),
  ),
};
const pick = ({
  watchAt,
  dangerAt,
  snapshots,
}: {
  watchAt?: number | undefined;
  dangerAt?: number | undefined;
  snapshots?: number | undefined;
}) => ({
  ...(watchAt !== undefined && { watchAt }),
  ...(dangerAt !== undefined && { dangerAt }),
  ...(snapshots !== undefined && { snapshots }),
});
export const alerts = {
  list: api.alerts.list.handler(({ input, context: { services } }) => ({
    ...services.alerts.list(input),
    lastCheckAt: services.alerts.lastCheckAt(),
  })),
  get: api.alerts.get.handler(({ input, context }) => {
    const alert = context.services.alerts.get(input.id);
    if (!alert) throw new AppError('not-found', { what: input.id });
    return alert;
  }),
  acknowledge: api.alerts.acknowledge.handler(({ input, context }) =>
    judged(
      context,
      () => context.services.alerts.acknowledge(input.id, actorOf(context)),
      alertJudgement('alert.acknowledged'),
    ),
  ),
  snooze: api.alerts.snooze.handler(({ input, context }) =>
    judged(
      context,
      () => context.services.alerts.snooze(input.id, input.minutes),
      alertJudgement('alert.snoozed'),
    ),
  ),
  reopen: api.alerts.reopen.handler(({ input, context }) =>
    judged(context, () => context.services.alerts.reopen(input.id), alertJudgement('alert.reopened')),
  ),
  check: api.alerts.check.handler(({ context }) => context.services.alerts.check()),
  backtest: api.alerts.backtest.handler(({ input, context, signal }) =>
    stream(context, context.services.alerts.backtest({ days: input.days, ...pick(input) }, signal)),
  ),
  quality: api.alerts.quality.handler(({ input, context }) => context.services.alerts.quality(input.days)),
  settings: api.alerts.settings.handler(({ context }) => context.services.settings.get().alerts),
};

export const forecast = {
  day: api.forecast.day.handler(({ input, context }) => {
    const [location, businessId, process, more] = input.cellId.split(CELL_SEPARATOR);
    if (!location || !businessId || !process || more !== undefined)
      throw new AppError('not-found', { what: input.cellId.split(CELL_SEPARATOR).join(' ') });
    return context.services.forecasts.day({ location, businessId, process, date: input.date });
  }),
};

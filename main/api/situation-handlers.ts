import type { Alert } from '../alerts/contract/alerts.ts';
import { AppError } from '../kernel/errors.ts';
import type { Handlers } from './base.ts';
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

export const situation: Handlers<'situation'> = {
  list: async (input, call) => {
    await call.analytics.prepare();
    return call.analytics.situation(input);
  },
  cell: async (input, call) => {
    await call.analytics.prepare();
    return call.analytics.cell(input.cellId);
  },
  rows: (input, call) => call.analytics.rows(input.cellId, input.what),
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
export const alerts: Handlers<'alerts'> = {
  list: (input, call) => ({
    ...call.alerts.list(input),
    lastCheckAt: call.alerts.lastCheckAt(),
  }),
  get: (input, call) => {
    const alert = call.alerts.get(input.id);
    if (!alert) throw new AppError('not-found', { what: input.id });
    return alert;
  },
  acknowledge: (input, call) =>
    judged(
      call,
      () => call.alerts.acknowledge(input.id, actorOf(call)),
      alertJudgement('alert.acknowledged'),
    ),
  snooze: (input, call) =>
    judged(call, () => call.alerts.snooze(input.id, input.minutes), alertJudgement('alert.snoozed')),
  reopen: (input, call) => judged(call, () => call.alerts.reopen(input.id), alertJudgement('alert.reopened')),
  check: (_, call) => call.alerts.check(),
  backtest: (input, call) => call.alerts.backtest({ days: input.days, ...pick(input) }, call.signal),
  quality: (input, call) => call.alerts.quality(input.days),
  settings: (_, call) => call.settings.get().alerts,
};

export const forecast: Handlers<'forecast'> = {
  day: (input, call) => {
    const [location, businessId, process, more] = input.cellId.split(CELL_SEPARATOR);
    if (!location || !businessId || !process || more !== undefined)
      throw new AppError('not-found', { what: input.cellId.split(CELL_SEPARATOR).join(' ') });
    return call.forecasts.day({ location, businessId, process, date: input.date });
  },
};

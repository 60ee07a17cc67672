import { userInfo } from 'node:os';
import { AppError } from '../errors.ts';
import { api } from './base.ts';
import type { Context } from './services.ts';

/** Who acts: what the caller says, else the name in the settings, else this computer's user. */
export const actorOf = (context: Context, given: string | undefined): string =>
  given?.trim() || context.services.settings.get().userName.trim() || userInfo().username;

export const situation = {
  list: api.situation.list.handler(({ input, context }) => context.services.analytics.situation(input)),
  cell: api.situation.cell.handler(({ input, context }) => context.services.analytics.cell(input.cellId)),
  rows: api.situation.rows.handler(({ input, context }) =>
    context.services.analytics.rows(input.cellId, input.what),
  ),
};
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
    context.services.alerts.acknowledge(input.id, actorOf(context, undefined)),
  ),
  snooze: api.alerts.snooze.handler(({ input, context }) =>
    context.services.alerts.snooze(input.id, input.minutes),
  ),
  reopen: api.alerts.reopen.handler(({ input, context }) => context.services.alerts.reopen(input.id)),
  check: api.alerts.check.handler(({ context }) => context.services.alerts.check()),
  settings: api.alerts.settings.handler(({ context }) => context.services.settings.get().alerts),
};

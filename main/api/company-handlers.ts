import { AppError } from '../kernel/errors.ts';
import type { Connection } from '../sync/contract/company.ts';
import { api } from './base.ts';
import { judged } from './judged.ts';

const addressOf = (c: Connection | null): string => (c ? `${c.user}@${c.host}:${c.port}/${c.database}` : '–');

export const company = {
  connection: api.company.connection.handler(({ context }) => context.services.sync.view()),
  save: api.company.save.handler(async ({ input, context }) => {
    const { services } = context;
    const view = await judged(
      context,
      () => services.sync.save(input.connection, input.password, input.remember),
      () => ({
        action: 'connection.saved',
        subject: addressOf(input.connection),
        body: {
          writeBack: input.connection.writeBack,
          tls: input.connection.tls,
          remember: input.remember,
        },
      }),
    );
    // the company's own numbers replace the demo's
    if (services.demo.status().running) await services.demo.stop();
    return view;
  }),
  forget: api.company.forget.handler(({ context }) =>
    judged(
      context,
      () => context.services.sync.forget(),
      () => ({
        action: 'connection.forgotten',
        subject: addressOf(context.services.sync.view().connection),
      }),
    ),
  ),
  test: api.company.test.handler(({ input, context }) =>
    context.services.sync.test(input.connection, input.password),
  ),
  suggest: api.company.suggest.handler(({ context }) => context.services.sync.suggest()),
  mapping: api.company.mapping.handler(({ context }) => context.services.sync.mapping()),
  saveMapping: api.company.saveMapping.handler(({ input, context }) => {
    const { services } = context;
    // else each of its rows would be two lines
    const table = input.mapping.tables['system_logs']?.table ?? null;
    const source = services.logs.sources().find((s) => table !== null && s.table?.table === table);
    if (source && table !== null) throw new AppError('logs.table-known', { table, name: source.name });
    return judged(
      context,
      () => services.sync.saveMapping(input.mapping),
      () => ({
        action: 'mapping.saved',
        subject: Object.values(input.mapping.tables)
          .flatMap((bound) => bound.table ?? [])
          .join(', '),
      }),
    );
  }),
  preview: api.company.preview.handler(({ input, context }) =>
    context.services.sync.preview(input.mapping, input.table),
  ),
  sync: api.company.sync.handler(({ context, signal }) => context.services.sync.run(signal)),
  status: api.company.status.handler(({ context: { services } }) => ({
    ...services.sync.status(),
    outbox: services.approvals.outbox(),
  })),
  deadLetters: api.company.deadLetters.handler(({ input, context }) =>
    context.services.sync.deadLetters(input),
  ),
  replay: api.company.replay.handler(({ input, context }) => context.services.sync.replay(input.source)),
  freshness: api.company.freshness.handler(({ context }) => context.services.freshness()),
};
export const sharing = {
  view: api.sharing.view.handler(({ context }) => context.services.sharing.view()),
  round: api.sharing.round.handler(async ({ context: { services } }) => {
    await services.sharing.round();
    return services.sharing.view();
  }),
  settle: api.sharing.settle.handler(({ input, context }) => {
    const { sharing: shared } = context.services;
    const of = shared.view().conflicts.find((one) => one.kind === input.kind && one.id === input.id);
    return judged(
      context,
      () => shared.settle(input),
      () => ({
        action: 'shared.settled',
        subject: of?.title ?? `${input.kind}/${input.id}`,
        body: { kind: input.kind, id: input.id, keep: input.keep, by: of?.by ?? '' },
      }),
    );
  }),
};
export const demo = {
  status: api.demo.status.handler(({ context }) => context.services.demo.status()),
  start: api.demo.start.handler(({ input, context: { services } }) => {
    // one local copy: made-up and real numbers must never mix in it
    if (services.sync.configured()) throw new AppError('demo.company-connected');
    return services.demo.start(input);
  }),
  stop: api.demo.stop.handler(({ context }) => context.services.demo.stop()),
};

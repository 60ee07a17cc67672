import { AppError } from '../kernel/errors.ts';
import type { Connection } from '../sync/contract/company.ts';
import type { Handlers } from './base.ts';
import { judged } from './judged.ts';

const addressOf = (c: Connection | null): string => (c ? `${c.user}@${c.host}:${c.port}/${c.database}` : '–');

export const company: Handlers<'company'> = {
  connection: (_, call) => call.sync.view(),
  save: async (input, call) => {
    const view = await judged(
      call,
      () => call.sync.save(input.connection, input.password, input.remember),
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
    if (call.demo.status().running) await call.demo.stop();
    return view;
  },
  forget: (_, call) =>
    judged(
      call,
      () => call.sync.forget(),
      () => ({
        action: 'connection.forgotten',
        subject: addressOf(call.sync.view().connection),
      }),
    ),
  test: (input, call) => call.sync.test(input.connection, input.password),
  suggest: (_, call) => call.sync.suggest(),
  mapping: (_, call) => call.sync.mapping(),
  saveMapping: (input, call) => {
    // else each of its rows would be two lines
    const table = input.mapping.tables['system_logs']?.table ?? null;
    const source = call.logs.sources().find((s) => table !== null && s.table?.table === table);
    if (source && table !== null) throw new AppError('logs.table-known', { table, name: source.name });
    return judged(
      call,
      () => call.sync.saveMapping(input.mapping),
      () => ({
        action: 'mapping.saved',
        subject: Object.values(input.mapping.tables)
          .flatMap((bound) => bound.table ?? [])
          .join(', '),
      }),
    );
  },
  preview: (input, call) => call.sync.preview(input.mapping, input.table),
  sync: (_, call) => call.sync.run(call.signal),
  status: (_, call) => ({
    ...call.sync.status(),
    outbox: call.approvals.outbox(),
  }),
  deadLetters: (input, call) => call.sync.deadLetters(input),
  replay: (input, call) => call.sync.replay(input.source),
  freshness: (_, call) => call.freshness(),
};
export const sharing: Handlers<'sharing'> = {
  view: (_, call) => call.sharing.view(),
  round: async (_, call) => {
    await call.sharing.round();
    return call.sharing.view();
  },
  settle: (input, call) => {
    const { sharing: shared } = call;
    const of = shared.view().conflicts.find((one) => one.kind === input.kind && one.id === input.id);
    return judged(
      call,
      () => shared.settle(input),
      () => ({
        action: 'shared.settled',
        subject: of?.title ?? `${input.kind}/${input.id}`,
        body: { kind: input.kind, id: input.id, keep: input.keep, by: of?.by ?? '' },
      }),
    );
  },
};
export const demo: Handlers<'demo'> = {
  status: (_, call) => call.demo.status(),
  start: (input, call) => {
    // one local copy: made-up and real numbers must never mix in it
    if (call.sync.configured()) throw new AppError('demo.company-connected');
    return call.demo.start(input);
  },
  stop: (_, call) => call.demo.stop(),
};

import { api } from './base.ts';
import { composeHandover } from './handover.ts';
import { actorOf, judged } from './judged.ts';

const ok = { ok: true } as const;

export const anomalies = {
  status: api.anomalies.status.handler(({ context }) => context.services.anomalies.status()),
  list: api.anomalies.list.handler(({ input, context }) => context.services.anomalies.list(input)),
  look: api.anomalies.look.handler(({ context }) => context.services.anomalies.look()),
  dismiss: api.anomalies.dismiss.handler(({ input, context }) =>
    context.services.anomalies.dismiss(input.id, actorOf(context)),
  ),
  expect: api.anomalies.expect.handler(({ input, context }) =>
    context.services.anomalies.expect({ ...input, actor: actorOf(context) }),
  ),
  expectations: api.anomalies.expectations.handler(({ context }) =>
    context.services.anomalies.expectations(),
  ),
  unexpect: api.anomalies.unexpect.handler(async ({ input, context }) => {
    await context.services.anomalies.unexpect(input.id);
    return ok;
  }),
};
export const incidents = {
  list: api.incidents.list.handler(({ input, context }) => context.services.anomalies.incidents(input)),
  get: api.incidents.get.handler(({ input, context }) => context.services.anomalies.incident(input.id)),
  explain: api.incidents.explain.handler(({ input, context, signal }) =>
    context.services.anomalies.explain({ ...input, signal }),
  ),
  setState: api.incidents.setState.handler(({ input, context }) =>
    judged(
      context,
      context.services.anomalies.setState({ ...input, actor: actorOf(context) }),
      ({ incident }) => ({
        action: 'incident.judged',
        subject: incident.title.ja,
        body: { incidentId: incident.id, state: incident.state, note: input.note, remedyId: input.remedyId },
      }),
    ),
  ),
  remedies: api.incidents.remedies.handler(({ context }) => context.services.anomalies.remedies()),
  saveRemedy: api.incidents.saveRemedy.handler(({ input, context }) =>
    context.services.anomalies.saveRemedy(input),
  ),
  removeRemedy: api.incidents.removeRemedy.handler(async ({ input, context }) => {
    await context.services.anomalies.removeRemedy(input.id);
    return ok;
  }),
  feedback: api.incidents.feedback.handler(({ input, context }) =>
    context.services.anomalies.feedback(input),
  ),
  toKnowledge: api.incidents.toKnowledge.handler(({ input, context }) =>
    context.services.anomalies.toKnowledge(input.id, input.lang),
  ),
};
export const timeline = {
  view: api.timeline.view.handler(({ input, context }) => context.services.timeline.view(input)),
  verdict: api.timeline.verdict.handler(({ input, context }) =>
    context.services.timeline.verdict(input.cellId, input.at),
  ),
};
export const reports = {
  handover: api.reports.handover.handler(({ context }) => composeHandover(context.services)),
  list: api.reports.list.handler(({ context }) => context.services.reports.list()),
  get: api.reports.get.handler(({ input, context }) => context.services.reports.get(input.id)),
  make: api.reports.make.handler(({ input, context }) => context.services.reports.make(input?.date)),
  validate: api.reports.validate.handler(({ context }) => context.services.reports.validate()),
  export: api.reports.export.handler(({ input, context }) => context.services.reports.export(input)),
  remove: api.reports.remove.handler(async ({ input, context }) => {
    await context.services.reports.remove(input.id);
    return ok;
  }),
};

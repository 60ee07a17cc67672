import type { Anomaly, Expectation, Incident, Remedy } from '../anomalies/contract/anomalies.ts';
import { api } from './base.ts';
import { composeHandover } from './handover.ts';
import { actorOf, type Judgement, judged } from './judged.ts';
import { documentJudgement } from './knowledge-handlers.ts';

const ok = { ok: true } as const;

const expectationJudgement =
  (action: Judgement['action']) =>
  ({ id, kind, templateId, service, until, why }: Expectation): Judgement => ({
    action,
    subject: why ?? service ?? kind ?? '–',
    body: { expectationId: id, kind, templateId, service, until },
  });
const remedyJudgement =
  (action: Judgement['action'], body: Judgement['body'] = {}) =>
  ({ id, title }: Pick<Remedy, 'id' | 'title'>): Judgement => ({
    action,
    subject: title,
    body: { remedyId: id, ...body },
  });

export const anomalies = {
  status: api.anomalies.status.handler(({ context }) => context.services.anomalies.status()),
  list: api.anomalies.list.handler(({ input, context }) => context.services.anomalies.list(input)),
  look: api.anomalies.look.handler(({ context }) => context.services.anomalies.look()),
  dismiss: api.anomalies.dismiss.handler(({ input, context }) =>
    judged(
      context,
      () => context.services.anomalies.dismiss(input.id, actorOf(context)),
      ({ id, words }: Anomaly) => ({
        action: 'anomaly.dismissed',
        subject: words.ja,
        body: { anomalyId: id },
      }),
    ),
  ),
  expect: api.anomalies.expect.handler(({ input, context }) =>
    judged(
      context,
      () => context.services.anomalies.expect({ ...input, actor: actorOf(context) }),
      expectationJudgement('anomaly.expected'),
    ),
  ),
  expectations: api.anomalies.expectations.handler(({ context }) =>
    context.services.anomalies.expectations(),
  ),
  unexpect: api.anomalies.unexpect.handler(async ({ input, context }) => {
    await judged(
      context,
      () => context.services.anomalies.unexpect(input.id),
      expectationJudgement('anomaly.unexpected'),
    );
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
      () => context.services.anomalies.setState({ ...input, actor: actorOf(context) }),
      ({ id, title }: Incident) => ({
        action: 'incident.judged',
        subject: title.ja,
        body: { incidentId: id, state: input.state, note: input.note, remedyId: input.remedyId },
      }),
    ),
  ),
  remedies: api.incidents.remedies.handler(({ context }) => context.services.anomalies.remedies()),
  saveRemedy: api.incidents.saveRemedy.handler(({ input, context }) =>
    judged(
      context,
      () => context.services.anomalies.saveRemedy(input),
      remedyJudgement('remedy.saved', { incidentId: input.incidentId }),
    ),
  ),
  removeRemedy: api.incidents.removeRemedy.handler(async ({ input, context }) => {
    await judged(
      context,
      () => context.services.anomalies.removeRemedy(input.id),
      remedyJudgement('remedy.removed'),
    );
    return ok;
  }),
  feedback: api.incidents.feedback.handler(({ input, context }) =>
    judged(
      context,
      () => context.services.anomalies.feedback(input),
      remedyJudgement('remedy.judged', { incidentId: input.incidentId, worked: input.worked }),
    ),
  ),
  toKnowledge: api.incidents.toKnowledge.handler(({ input, context }) =>
    judged(
      context,
      () => context.services.anomalies.toKnowledge(input.id, input.lang),
      documentJudgement('knowledge.added'),
    ),
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

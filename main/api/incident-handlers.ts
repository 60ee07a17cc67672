import type { Anomaly, Expectation, Incident, Remedy } from '../anomalies/contract/anomalies.ts';
import type { Handlers } from './base.ts';
import { composeHandover } from './handover.ts';
import { actorOf, type Judgement, judged } from './judged.ts';
import { documentJudgement } from './knowledge-handlers.ts';

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

export const anomalies: Handlers<'anomalies'> = {
  status: (_, call) => call.anomalies.status(),
  list: (input, call) => call.anomalies.list(input),
  look: (_, call) => call.anomalies.look(),
  dismiss: (input, call) =>
    judged(
      call,
      () => call.anomalies.dismiss(input.id, actorOf(call)),
      ({ id, words }: Anomaly) => ({
        action: 'anomaly.dismissed',
        subject: words.ja,
        body: { anomalyId: id },
      }),
    ),
  expect: (input, call) =>
    judged(
      call,
      () => call.anomalies.expect({ ...input, actor: actorOf(call) }),
      expectationJudgement('anomaly.expected'),
    ),
  expectations: (_, call) => call.anomalies.expectations(),
  unexpect: (input, call) =>
    judged(call, () => call.anomalies.unexpect(input.id), expectationJudgement('anomaly.unexpected')),
};
export const incidents: Handlers<'incidents'> = {
  list: (input, call) => call.anomalies.incidents(input),
  get: (input, call) => call.anomalies.incident(input.id),
  explain: (input, call) => call.anomalies.explain({ ...input, signal: call.signal }),
  setState: (input, call) =>
    judged(
      call,
      () => call.anomalies.setState({ ...input, actor: actorOf(call) }),
      ({ id, title }: Incident) => ({
        action: 'incident.judged',
        subject: title.ja,
        body: { incidentId: id, state: input.state, note: input.note, remedyId: input.remedyId },
      }),
    ),
  remedies: (_, call) => call.anomalies.remedies(),
  saveRemedy: (input, call) =>
    judged(
      call,
      () => call.anomalies.saveRemedy(input),
      remedyJudgement('remedy.saved', { incidentId: input.incidentId }),
    ),
  removeRemedy: (input, call) =>
    judged(call, () => call.anomalies.removeRemedy(input.id), remedyJudgement('remedy.removed')),
  feedback: (input, call) =>
    judged(
      call,
      () => call.anomalies.feedback(input),
      remedyJudgement('remedy.judged', { incidentId: input.incidentId, worked: input.worked }),
    ),
  toKnowledge: (input, call) =>
    judged(
      call,
      () => call.anomalies.toKnowledge(input.id, input.lang),
      documentJudgement('knowledge.added'),
    ),
};
export const timeline: Handlers<'timeline'> = {
  view: (input, call) => call.timeline.view(input),
  verdict: (input, call) => call.timeline.verdict(input.cellId, input.at),
};
export const reports: Handlers<'reports'> = {
  handover: (_, call) => composeHandover(call),
  list: (_, call) => call.reports.list(),
  get: (input, call) => call.reports.get(input.id),
  make: (input, call) => call.reports.make(input?.date),
  validate: (_, call) => call.reports.validate(),
  export: (input, call) => call.reports.export(input),
  remove: (input, call) => call.reports.remove(input.id),
};

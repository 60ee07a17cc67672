// The one place where a question reaches other domains. Reads and proposals only: nothing here can decide or write.
import type { Alerts } from '../../alerts/index.ts';
import type { Anomalies } from '../../anomalies/index.ts';
import type { Approvals } from '../../approvals/index.ts';
import type { Clusters } from '../../clusters/index.ts';
import { LogLevel } from '../../logs/contract/logs.ts';
import type { Logs } from '../../logs/index.ts';
import type { Outcomes, Placement, WhatIfs } from '../../placement/index.ts';
import type { OneClock } from '../../timeline/index.ts';
import type { ChatTools } from '../types.ts';
import { lookIntoLogs } from './look-into-logs.ts';

/** Decisions looked through at most, the newest. */
const DECISIONS = 2_000;
/** Alerts looked through at most, the newest. */
const ALERTS = 500;

export { createMasterData } from './master-data.ts';

export function createChatTools(o: {
  now: () => number;
  zone: () => string;
  placement: Placement;
  whatIfs: Pick<WhatIfs, 'compare'>;
  alerts: Alerts;
  logs: Pick<Logs, 'counts' | 'lines'>;
  clusters: Pick<Clusters, 'search'>;
  anomalies: Pick<Anomalies, 'incidents' | 'incident'>;
  timeline: Pick<OneClock, 'verdict'>;
  approvals: Pick<Approvals, 'list'>;
  outcomes: Pick<Outcomes, 'list'>;
}): ChatTools {
  return {
    propose: (input, signal) => o.placement.propose(input, signal),
    whyNot: (id, operatorId, signal) => o.placement.whyNot(id, operatorId, signal),
    board: (id) => o.placement.board(id),
    compare: (changes, signal) => o.whatIfs.compare({ scenarios: [{ changes }] }, signal),
    openAlerts: () =>
      o.alerts
        .list({ states: ['open', 'acknowledged'] })
        .alerts.sort(
          (a, b) => (b.evidence?.pMiss ?? 0) - (a.evidence?.pMiss ?? 0) || a.openedAt - b.openedAt,
        ),
    alertsOf: (from, until) =>
      o.alerts.list({ limit: ALERTS }).alerts.filter(({ openedAt }) => openedAt >= from && openedAt < until),
    proposal: (id) => o.placement.find(id),
    verdicts: (cellIds) =>
      cellIds.flatMap((cellId) => {
        try {
          return [o.timeline.verdict(cellId)];
        } catch {
          // a queue that fell silent meanwhile
          return [];
        }
      }),
    logs: (question) => lookIntoLogs({ ...o, at: o.now() }, question),
    lines: async ({ services, levels, words, from, until, limit }) =>
      (
        await o.logs.lines({
          filter: {
            ...(services.length > 0 ? { services: [...services] } : {}),
            ...(levels.length > 0
              ? { levels: levels.map((level) => LogLevel.parse(level.toLowerCase())) }
              : {}),
            ...(words.length > 0
              ? { text: words.map((word) => `"${word.replaceAll('"', ' ')}"`).join(' ') }
              : {}),
            from,
            to: until,
            noise: true,
          },
          limit,
        })
      ).lines,
    decisions(from, until) {
      const made = o.approvals.list(DECISIONS).filter(({ at }) => at >= from && at <= until);
      if (made.length === 0) return [];
      const { outcomes } = o.outcomes.list({ limit: DECISIONS });
      return made.map((decision) => {
        const proposal = o.placement.find(decision.proposalId);
        return {
          decision,
          target: proposal?.effects.find(({ role }) => role === 'target')?.cell ?? null,
          people: proposal?.moves.length ?? 0,
          outcome: outcomes.find(({ decisionId }) => decisionId === decision.id) ?? null,
        };
      });
    },
  };
}

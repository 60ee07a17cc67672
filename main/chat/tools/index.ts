// The one place where a question reaches other domains. Reads and proposals only: nothing here can decide or write.
import type { Alerts } from '../../alerts/index.ts';
import type { Anomalies } from '../../anomalies/index.ts';
import type { Clusters } from '../../clusters/index.ts';
import type { Logs } from '../../logs/index.ts';
import type { Placement, WhatIfs } from '../../placement/index.ts';
import type { OneClock } from '../../timeline/index.ts';
import type { ChatTools } from '../pipeline-types.ts';
import type { MasterData } from '../types.ts';
import { lookIntoLogs } from './look-into-logs.ts';
import { tryOnPaper } from './what-if.ts';

export { createMasterData } from './master-data.ts';

export function createChatTools(o: {
  now: () => number;
  zone: () => string;
  placement: Placement;
  whatIfs: Pick<WhatIfs, 'compare'>;
  alerts: Alerts;
  master: () => MasterData;
  logs: Pick<Logs, 'counts'>;
  clusters: Pick<Clusters, 'search'>;
  anomalies: Pick<Anomalies, 'incidents' | 'incident'>;
  timeline: Pick<OneClock, 'verdict'>;
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
    proposal: (id) => o.placement.find(id),
    whatIf: (change) => tryOnPaper(o.whatIfs, change),
    verdicts: (cellIds) =>
      cellIds.flatMap((cellId) => {
        try {
          return [o.timeline.verdict(cellId)];
        } catch {
          // a queue that fell silent meanwhile
          return [];
        }
      }),
    logs: (question) => {
      const { locations, processes, businesses } = o.master();
      const names = [...locations, ...processes, ...businesses.map((b) => b.name)];
      return lookIntoLogs({ ...o, at: o.now(), names }, question);
    },
  };
}

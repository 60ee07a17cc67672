// The one place where a question reaches other domains. Reads and proposals only: nothing here can decide or write.
import type { Alerts } from '../../alerts/index.ts';
import type { Placement } from '../../placement/index.ts';
import type { Store } from '../../store/index.ts';
import type { ChatTools } from '../pipeline-types.ts';
import { tryOnPaper } from './what-if.ts';

export { createMasterData } from './master-data.ts';

export function createChatTools(o: {
  store: Store;
  planningAt: () => number;
  zone: () => string;
  placement: Placement;
  alerts: Alerts;
}): ChatTools {
  return {
    propose: (input, signal) => o.placement.propose(input, signal),
    openAlerts: () =>
      o.alerts
        .list({ states: ['open', 'acknowledged'] })
        .alerts.sort(
          (a, b) => (b.evidence?.pMiss ?? 0) - (a.evidence?.pMiss ?? 0) || a.openedAt - b.openedAt,
        ),
    proposal: (id) => o.placement.find(id),
    whatIf: (change) => tryOnPaper(o.store.read, o.planningAt(), o.zone(), change),
  };
}

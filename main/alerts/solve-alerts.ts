import { Cancelled } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Proposal, ProposeEvent } from '../placement/contract/placement.ts';
import { answerFrom, type Group, groupAlerts, needsAnswer } from './answer-delays.ts';
import type { AlertRecord } from './types.ts';

/** One solve keeps its best plan after so long, and a check starts no further one after so long; ms of real time. */
const SOLVE_MS = 4_000;
const BUDGET_MS = 6_000;

/** Makes and finds proposals: placement's, given by the engine. */
export type Plans = {
  readonly propose: (
    input: Group['scope'] & { readonly alertId: string; readonly supersedes?: string },
    signal: AbortSignal,
  ) => AsyncIterable<ProposeEvent>;
  readonly find: (id: string) => Proposal | null;
  /** Takes an open proposal back; one that is decided stays. */
  readonly withdraw: (id: string) => Promise<void>;
  /** Removes the replaced ones that nobody decided on, made before an instant. */
  readonly forget: (before: number) => Promise<void>;
};

export type Solving = {
  /** Works out what is missing, one solve at a time, within the budget; a run under way is shared. Never rejects. */
  run(): Promise<void>;
  needs(alert: AlertRecord): boolean;
  stop(): void;
};

/** Answers delay alerts with proposals. `answered` keeps what was found; alerts are read anew before each solve. */
export function createSolving(o: {
  readonly plans: Plans;
  readonly now: () => number;
  /** instant of the newest data, epoch ms */
  readonly dataAt: () => number;
  readonly live: () => readonly AlertRecord[];
  readonly answered: (id: string, proposal: Proposal) => Promise<unknown>;
  readonly log: Log;
}): Solving {
  const { plans } = o;
  const stopped = new AbortController();
  /** data instant of the last solve that failed, per line: not tried again on the same data */
  const failedAt = new Map<string, number>();
  let running: Promise<void> | null = null;

  const needs = (alert: AlertRecord): boolean =>
    needsAnswer(alert, { now: o.now(), dataAt: o.dataAt(), find: plans.find });

  async function solve({ key, scope, alerts }: Group): Promise<void> {
    const [first] = alerts;
    if (!first) return;
    const open = [...new Set(alerts.map((alert) => alert.proposalId))].flatMap((id) => {
      const proposal = id === null ? null : plans.find(id);
      return proposal?.status === 'open' ? [proposal] : [];
    });
    // what somebody changed in it (who to spare, who to send) is kept with the scope it was made for
    const same = open.find((proposal) => proposal.scope.process === scope.process);
    try {
      const proposal = await proposalOf(
        plans.propose(
          { ...scope, alertId: first.id, ...(same && { supersedes: same.id }) },
          AbortSignal.any([stopped.signal, AbortSignal.timeout(SOLVE_MS)]),
        ),
      );
      failedAt.delete(key);
      for (const alert of alerts) await o.answered(alert.id, proposal);
      for (const old of open) if (old.id !== same?.id) await plans.withdraw(old.id);
      const isOfUse =
        proposal.moves.length > 0 ||
        alerts.some((alert) => {
          const answer = answerFrom(proposal, alert);
          return answer.kind === 'no-move' && answer.why !== 'not-needed';
        });
      if (!isOfUse) await plans.withdraw(proposal.id);
    } catch (error) {
      failedAt.set(key, o.dataAt());
      if (!stopped.signal.aborted) o.log.warn('no proposal for an alert', error);
    }
  }

  async function work(): Promise<void> {
    const until = performance.now() + BUDGET_MS;
    const tried = new Set<string>();
    while (!stopped.signal.aborted && performance.now() < until) {
      const group = groupAlerts(o.live().filter(needs)).find(
        ({ key }) => !tried.has(key) && failedAt.get(key) !== o.dataAt(),
      );
      if (!group) return;
      tried.add(group.key);
      await solve(group);
    }
  }

  return {
    needs,
    run() {
      running ??= work()
        .catch((error: unknown) => o.log.error('solving alerts', error))
        .finally(() => {
          running = null;
        });
      return running;
    },
    stop: () => stopped.abort(),
  };
}

async function proposalOf(events: AsyncIterable<ProposeEvent>): Promise<Proposal> {
  for await (const event of events) if (event.kind === 'proposal') return event.proposal;
  throw new Cancelled('no proposal came');
}

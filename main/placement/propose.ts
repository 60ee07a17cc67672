import { setImmediate as turn } from 'node:timers/promises';
import type { Freshness } from '../api/contract/common.ts';
import { dateIn } from '../kernel/clock.ts';
import { defined } from '../kernel/defined.ts';
import { AppError, Cancelled } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import { proposalId, type RandomHex, systemRandomHex } from '../kernel/ids.ts';
import type { Base } from '../store/index.ts';
import type { DayBoard } from './contract/day-plan.ts';
import {
  type Ledger,
  type Proposal,
  ProposalScope,
  type ProposeEvent,
  type RulesVersion,
  type Simulation,
  type SolveProgress,
  type Verification,
  type WhyNot,
} from './contract/placement.ts';
import { type DayOptions, daysAhead, loadDay, rosterUsed } from './day-plan/load-day.ts';
import { boardOf, isDay, planDay, planOf } from './day-plan/plan-day.ts';
import { explainWhyNotDay } from './day-plan/why-not-day.ts';
import { simulateProposal } from './describe-plan.ts';
import { planNow } from './plan-now.ts';
import { findProposal, listProposals, snapshotOf } from './proposals.ts';
import { forgetSuperseded, insertProposal, operatorRows, proposalRow, updateStatus } from './queries.ts';
import { viewLedger } from './read/ledger.ts';
import { loadPicture, type Picture } from './read/load-instance.ts';
import { whyAway } from './read/why-away.ts';
import { createDrafts, type Drafts } from './rules/drafts.ts';
import type { RuleNames } from './rules/parse-rule.ts';
import { currentRules, newRules, rulesHistory } from './rules/rules.ts';
import type { Solver } from './solve/solver.ts';
import type { Instance } from './types.ts';
import { verifyPlan } from './verify-plan.ts';
import { applyChanges } from './what-if/apply-changes.ts';
import { type Away, explainWhyNot } from './why-not.ts';
import { withinLimits } from './within-limits.ts';

/** A scope, partly; what it leaves out comes from the proposal it supersedes. */
export type ProposeInput = { readonly [K in keyof ProposalScope]?: ProposalScope[K] | undefined } & {
  readonly alertId?: string | undefined;
  readonly supersedes?: string | undefined;
};
export type Candidate = {
  readonly operatorId: string;
  readonly name: string;
  readonly home: string;
  readonly cellId: string | null;
};
const MAX_CANDIDATES = 100;

export interface Placement {
  /**
   * Solves and saves one proposal: progress events, then the proposal. Aborting keeps the best plan so far when there is one
   * (badge `cancelled`) and rejects with Cancelled otherwise; a reader that leaves stops the solver and saves nothing.
   */
  propose(input: ProposeInput, signal?: AbortSignal): AsyncGenerator<ProposeEvent>;
  /** rejects an unknown id with `not-found` */
  get(id: string): Proposal;
  /** Takes back an open proposal that nobody decided on; one that is decided stays as it is. */
  withdraw(id: string): Promise<void>;
  /** Removes what was made for alerts before an instant (epoch ms), was replaced and never decided on. */
  forget(before: number): Promise<void>;
  find(id: string): Proposal | null;
  /** newest first */
  list(limit: number): Proposal[];
  simulate(id: string): Simulation;
  /** What a proposal would be made from just now; null without data. */
  picture(): Picture | null;
  /** The same for the next day; refused where none is known. */
  nextDay(): Promise<Instance | null>;
  whyNot(id: string, operatorId: string, signal?: AbortSignal): Promise<WhyNot>;
  /** a plan for a day as people × time; rejects any other with `not-found` */
  board(id: string): Promise<DayBoard>;
  /** the days that can be planned from here */
  days(): { date: string; roster: string | null }[];
  /** people who can be asked about or pinned, by name or id; at most 100 */
  candidates(id: string, text?: string): Candidate[];
  /** a saved proposal solved again from its snapshot: the same, unless a time limit cut either short */
  verify(id: string, signal?: AbortSignal): Promise<Verification>;
  /** rules read from people's words, until a person confirms them */
  readonly drafts: Drafts;
  /** moves per person over the last 30 days */
  ledger(): Ledger;
  rules(): RulesVersion;
  rulesHistory(): RulesVersion[];
  setRules(rules: unknown, why: string | null, actor: string): Promise<RulesVersion>;
  /** the rules that somebody set, for other laptops of the company; see SharedKind of main/sharing */
  readonly shared: {
    readonly kind: 'rules';
    list(): { readonly id: string; readonly stamp: number; readonly body: () => object }[];
    take(id: string, body: unknown, by: string): Promise<unknown>;
  };
  /** a proposal was saved or superseded */
  readonly changed: Emitter<void>;
}

export function createPlacement({
  store,
  solver,
  clock,
  zone,
  freshness,
  log,
  planningAt = () => clock.now(),
  expectedArrivals,
  hex = systemRandomHex,
  proposed = () => {},
  names = () => ({ locations: [], processes: [], businesses: [], operators: [] }),
}: Pick<Base, 'store' | 'clock' | 'zone' | 'log'> & {
  solver: Solver;
  freshness: () => Freshness;
  /** the instant to plan for: the clock's, or that of the newest data while the copy is old; epoch ms */
  planningAt?: () => number;
  /** what is expected to come in on a date, per cell and half hour */
  expectedArrivals: DayOptions['expected'];
  hex?: RandomHex;
  /** hears of every saved proposal before anybody else; what fails there is logged and costs no proposal */
  proposed?: (proposal: Proposal) => unknown;
  /** what people's words may name when rules are read from them */
  names?: () => RuleNames;
}): Placement {
  const own = log.area('placement');
  const changed = new Emitter<void>();
  const { read } = store;
  const get = (id: string): Proposal => {
    const proposal = findProposal(read, id, planningAt());
    if (!proposal) throw new AppError('not-found', { what: id });
    return proposal;
  };

  const load = async (scope: ProposalScope, rules: RulesVersion): Promise<Instance> => {
    const now = clock.now();
    const options = { zone: zone(), rules: rules.rules };
    const instance =
      scope.horizon === 'next-day'
        ? await loadDay(read, now, { ...options, date: scope.date, expected: expectedArrivals })
        : (loadPicture(read, now, options)?.instance ?? null);
    if (!instance) throw new AppError('placement.no-data');
    return withinLimits(applyChanges(instance, scope.assume ?? []).instance, scope);
  };

  const solve = async (
    input: ProposeInput,
    { signal, left }: { readonly signal: AbortSignal; readonly left: AbortSignal },
    onProgress: (progress: SolveProgress) => void,
  ): Promise<Proposal> => {
    const began = performance.now();
    const old = input.supersedes === undefined ? null : get(input.supersedes);
    if (old && old.status !== 'open')
      throw new AppError('proposal.decided', { id: old.id, status: old.status });
    const { alertId = old?.alertId ?? null, supersedes: _, ...asked } = input;
    const scope = ProposalScope.parse({ ...old?.scope, ...defined(asked) });
    onProgress({ phase: 'loading', seconds: 0, objective: null, moves: null });
    // who reads this and goes away is heard before anything is worked out
    await turn();
    const rules = currentRules(read);
    const instance = await load(scope, rules);
    const work = { solver, log: own, signal, onProgress };
    const { relax, ...described } = isDay(instance)
      ? { ...(await planDay(instance, scope, work)), relax: null }
      : await planNow(instance, scope, work);
    if (left.aborted || (signal.aborted && described.moves.length === 0))
      throw new Cancelled('proposal cancelled');
    const seconds = (): number => (performance.now() - began) / 1000;
    const explain = described.notPossible.length > 0 && !signal.aborted ? relax : null;
    if (explain)
      onProgress({
        phase: 'relaxations',
        seconds: seconds(),
        objective: null,
        moves: described.moves.length,
      });
    const now = clock.now();
    const proposal: Proposal = {
      id: proposalId(dateIn(now, zone()), hex),
      createdAt: now,
      asOf: Math.min(now, instance.now),
      status: 'open',
      stale: false,
      supersedes: old?.id ?? null,
      alertId,
      scope,
      rulesVersion: rules.version,
      ...described,
      relaxations: (await explain?.()) ?? [],
      freshness: freshness(),
    };
    await store.write([
      ...(old ? [updateStatus(old.id, 'open', 'superseded')] : []),
      insertProposal(proposal, JSON.stringify(instance)),
    ]);
    try {
      await proposed(proposal);
    } catch (error) {
      own.error('a saved proposal was not told', error);
    }
    own.info('proposal', {
      id: proposal.id,
      moves: proposal.moves.length,
      badge: proposal.badge.kind,
      missedBefore: proposal.impact.missedBefore,
      missedAfter: proposal.impact.missedAfter,
      seconds: seconds(),
    });
    changed.emit();
    onProgress({ phase: 'done', seconds: seconds(), objective: null, moves: proposal.moves.length });
    return proposal;
  };

  const setRules = async (rules: unknown, why: string | null, actor: string): Promise<RulesVersion> => {
    const { version, statement } = newRules(read, { rules, why, actor, now: clock.now() });
    await store.write([statement], version);
    return version;
  };

  return {
    drafts: createDrafts({ store, now: () => clock.now(), zone, names, work: { solver, log: own } }),
    changed,
    get,
    async withdraw(id) {
      if (proposalRow(read, id)?.status !== 'open') return;
      await store.write([updateStatus(id, 'open', 'superseded')]);
      changed.emit();
    },
    async forget(before) {
      await store.write(forgetSuperseded(before));
    },
    find: (id) => findProposal(read, id, planningAt()),
    list: (limit) => listProposals(read, limit, planningAt()),
    async *propose(input, signal) {
      const left = new AbortController();
      const either = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
      const waiting: SolveProgress[] = [];
      let wake = (): void => {};
      let ended = false;
      const outcome = solve(input, { signal: either, left: left.signal }, (progress) => {
        waiting.push(progress);
        wake();
      }).finally(() => {
        ended = true;
        wake();
      });
      outcome.catch(() => {});
      try {
        for (;;) {
          const progress = waiting.shift();
          if (progress) yield { kind: 'progress', progress };
          else if (ended) break;
          else
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
        }
        yield { kind: 'proposal', proposal: await outcome };
      } finally {
        left.abort(new Cancelled('nobody waits for the proposal'));
      }
    },
    picture: () => loadPicture(read, clock.now(), { zone: zone(), rules: currentRules(read).rules }),
    nextDay: () =>
      loadDay(read, clock.now(), {
        zone: zone(),
        rules: currentRules(read).rules,
        expected: expectedArrivals,
      }),
    simulate: (id) => {
      const proposal = get(id);
      const instance = snapshotOf(read, id);
      return simulateProposal(instance, proposal, planOf({ proposal, instance }));
    },
    async board(id) {
      const proposal = get(id);
      const instance = snapshotOf(read, id);
      if (!isDay(instance)) throw new AppError('not-found', { what: id });
      return boardOf(instance, proposal);
    },
    days: () => daysAhead(read, planningAt(), zone()),
    async whyNot(id, operatorId, signal) {
      const saved = { proposal: get(id), instance: snapshotOf(read, id) };
      const { instance } = saved;
      const away = (): Away | null => {
        const known = operatorRows(read).find((row) => row.operator_id === operatorId);
        const o = {
          at: instance.now,
          zone: zone(),
          rules: instance.rules,
          cells: new Set(instance.cells.map(({ cell }) => cell.cellId)),
          ...(isDay(instance) && { roster: rosterUsed(instance) }),
        };
        return known ? { name: known.operator_name, reason: whyAway(read, operatorId, o) } : null;
      };
      if (isDay(instance)) return explainWhyNotDay(saved, instance, operatorId, away);
      return explainWhyNot(saved, operatorId, away, { solver, log: own, signal });
    },
    candidates(id, text = '') {
      const instance = snapshotOf(read, id);
      const here = new Map(instance.operators.map((person) => [person.id, person]));
      const wanted = text.normalize('NFKC').trim().toLowerCase();
      return operatorRows(read)
        .filter((row) =>
          [row.operator_name, row.operator_id, row.location_name].some((s) =>
            s.normalize('NFKC').toLowerCase().includes(wanted),
          ),
        )
        .slice(0, MAX_CANDIDATES)
        .map((row) => {
          const cell = here.get(row.operator_id)?.cell;
          return {
            operatorId: row.operator_id,
            name: row.operator_name,
            home: row.location_name,
            cellId: cell === undefined ? null : (instance.cells[cell]?.cell.cellId ?? null),
          };
        });
    },
    verify: (id, signal) =>
      verifyPlan({ proposal: get(id), instance: snapshotOf(read, id) }, { solver, log: own, signal }),
    ledger: () => viewLedger(read, dateIn(planningAt(), zone()), currentRules(read).rules.maxMovesPer30Days),
    rules: () => currentRules(read),
    rulesHistory: () => rulesHistory(read),
    setRules,
    shared: {
      kind: 'rules',
      list() {
        const { version, rules } = currentRules(read);
        return version === 0 ? [] : [{ id: 'rules', stamp: version, body: () => rules }];
      },
      take: async (_id, body, by) => body !== null && setRules(body, null, by),
    },
  };
}

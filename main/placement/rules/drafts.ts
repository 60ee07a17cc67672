import { isDeepStrictEqual } from 'node:util';
import { minuteOfDay } from '../../kernel/clock.ts';
import { AppError, Cancelled } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { Base } from '../../store/index.ts';
import { MODEL_VERSION } from '../config.ts';
import {
  type BackTest,
  type BackTestEvent,
  type Move,
  type ProposalScope,
  type RuleChange,
  type RuleDraft,
  Rules,
} from '../contract/placement.ts';
import { isDay, planDay } from '../day-plan/plan-day.ts';
import { type Planned, planNow } from '../plan-now.ts';
import { findProposal, type Saved, snapshotOf } from '../proposals.ts';
import { proposalRows } from '../queries.ts';
import type { Work } from '../solve/solve-plan.ts';
import type { Instance } from '../types.ts';
import { draftById, draftRows, insertDraft, saveDraft } from './draft-queries.ts';
import { rulesAgainst } from './match-rules.ts';
import { type ReadRule, type RuleNames, readRules } from './parse-rule.ts';
import { currentRules, newRules } from './rules.ts';

const MINUTE = 60_000;
/** Proposals that a draft is tried on. */
const BACK_TESTED = 30;
const DRAFTS_LISTED = 200;

export interface Drafts {
  /** newest first, decided ones too */
  list(): RuleDraft[];
  /** Everybody whom a rule can name. */
  people(): RuleNames['operators'];
  /** Drafts of what a text asks for. What is a rule already, or was drafted from the same words before, is not drafted again. */
  from(text: string, source: RuleDraft['source']): Promise<RuleDraft[]>;
  /** Takes a changed form over, tries it on past proposals, keeps the result. Aborting keeps nothing and rejects with Cancelled. */
  backTest(id: string, change: RuleChange | undefined, signal?: AbortSignal): AsyncGenerator<BackTestEvent>;
  /** refuses a draft that was not tried (`rules.draft-untested`) or is decided already (`rules.draft-decided`) */
  confirm(o: { id: string; why: string; actor: string }): Promise<RuleDraft>;
  discard(o: { id: string; actor: string }): Promise<RuleDraft>;
}

export function createDrafts(
  o: Pick<Base, 'store' | 'zone'> & {
    now: () => number;
    names: () => RuleNames;
    work: Omit<Work, 'signal' | 'onProgress'>;
  },
): Drafts {
  const { read } = o.store;
  const find = (id: string): RuleDraft => {
    const draft = draftById(read, id);
    if (!draft) throw new AppError('not-found', { what: id });
    return draft;
  };
  const open = (id: string): RuleDraft => {
    const draft = find(id);
    if (draft.state !== 'open') throw new AppError('rules.draft-decided');
    return draft;
  };
  const decided = (draft: RuleDraft, state: RuleDraft['state'], actor: string): RuleDraft => ({
    ...draft,
    state,
    decidedBy: actor,
    decidedAt: o.now(),
  });

  return {
    list: () => draftRows(read, DRAFTS_LISTED),
    people: () => o.names().operators,
    async from(text, source) {
      const rules = currentRules(read).rules;
      const known = draftRows(read, DRAFTS_LISTED);
      const isNew = ({ text: said, change }: ReadRule): boolean =>
        !known.some((old) => isSame(old.change, change) && (old.state === 'open' || old.text === said)) &&
        !isInForce(rules, change);
      const drafts = readRules(text, o.names())
        .filter(isNew)
        .map(
          (rule): RuleDraft => ({
            id: newId(),
            createdAt: o.now(),
            source,
            ...rule,
            state: 'open',
            backTest: null,
            decidedBy: null,
            decidedAt: null,
            version: null,
          }),
        );
      if (drafts.length > 0) await o.store.write(drafts.map(insertDraft));
      return drafts;
    },
    async *backTest(id, wanted, signal) {
      const draft = open(id);
      const change = wanted ?? draft.change;
      const past = proposalRows(read, BACK_TESTED).map((row) => row.proposal_id);
      const changed: BackTest['changed'] = [];
      let cut = 0;
      for (const [done, proposalId] of past.entries()) {
        yield { kind: 'progress', done, of: past.length };
        const proposal = findProposal(read, proposalId, o.now());
        if (!proposal) continue;
        const snapshot = snapshotOf(read, proposalId);
        // snapshots from before rules asked for the time of day
        const instance = { minuteOfDay: minuteOfDay(snapshot.now, o.zone()), ...snapshot };
        const tried = await tryOn({ proposal, instance }, change, { ...o.work, signal });
        if (signal?.aborted) throw new Cancelled('back-test cancelled');
        if (tried?.cut) cut++;
        if (tried?.changed) changed.push(tried.changed);
      }
      const backTest: BackTest = { at: o.now(), of: past.length, changed, cut };
      const tested: RuleDraft = { ...open(id), change, backTest };
      await o.store.write([saveDraft(tested)]);
      yield { kind: 'tested', draft: tested };
    },
    async confirm({ id, why, actor }) {
      const draft = open(id);
      if (!draft.backTest) throw new AppError('rules.draft-untested');
      const rules = withChange(currentRules(read).rules, draft.change);
      const { version, statement } = newRules(read, { rules, why, actor, now: o.now() });
      const confirmed = { ...decided(draft, 'confirmed', actor), version: version.version };
      await o.store.write([statement, saveDraft(confirmed)], confirmed);
      return confirmed;
    },
    async discard({ id, actor }) {
      const discarded = decided(open(id), 'discarded', actor);
      await o.store.write([saveDraft(discarded)], discarded);
      return discarded;
    },
  };
}

/** The rules with a change added; a business has one weight. */
function withChange(rules: Rules, change: RuleChange): Rules {
  if (change.kind === 'constraint')
    return Rules.parse({ ...rules, constraints: [...rules.constraints, change.constraint] });
  const { businessId, weight } = change;
  const others = rules.priorities.filter((rule) => rule.businessId !== businessId);
  return { ...rules, priorities: [...others, { businessId, weight }] };
}

/** Whether two changes say the same, whatever they are called. */
const isSame = (a: RuleChange, b: RuleChange): boolean => isDeepStrictEqual(unnamed(a), unnamed(b));
const unnamed = (change: RuleChange): RuleChange =>
  change.kind === 'constraint'
    ? { kind: 'constraint', constraint: { ...change.constraint, id: '' } }
    : change;
const isInForce = (rules: Rules, change: RuleChange): boolean =>
  change.kind === 'constraint'
    ? rules.constraints.some((constraint) => isSame({ kind: 'constraint', constraint }, change))
    : rules.priorities.some((p) => p.businessId === change.businessId && p.weight >= change.weight);

type Plan = Pick<Planned, 'moves' | 'impact' | 'provenance'>;
type Tried = { readonly cut: boolean; readonly changed: BackTest['changed'][number] | null };
/**
 * One past proposal under a change. A plan without a move that the rule speaks against stays the best one: forbidding or raising the
 * cost of moves that are not made leaves an optimum where it is. Otherwise its snapshot is solved again; it counts as changed when the
 * old plan is forbidden now, or costs more than the new one under the changed rules (ties between equal plans do not count).
 */
async function tryOn(saved: Saved, change: RuleChange, work: Work): Promise<Tried | null> {
  const { proposal } = saved;
  const instance = instanceWith(saved.instance, change);
  const old = await baseline(saved, work);
  const against = change.kind === 'constraint' ? movesAgainst(instance, old.moves, change.constraint.id) : [];
  if (change.kind === 'constraint' && against.length === 0) return null;
  const solved = await planAgain(instance, proposal.scope, work);
  const cut = old.provenance.cut || solved.provenance.cut;
  const gone = apart(old.moves, solved.moves);
  const come = apart(solved.moves, old.moves);
  const isDearer =
    change.kind === 'constraint'
      ? change.constraint.hard ||
        solved.provenance.objective <
          old.provenance.objective + change.constraint.weight * against.length - 1e-9
      : gone.length + come.length > 0;
  if (!isDearer) return { cut, changed: null };
  return {
    cut,
    changed: {
      proposalId: proposal.id,
      createdAt: proposal.createdAt,
      gone,
      come,
      missedBefore: old.impact.missedAfter,
      missedAfter: solved.impact.missedAfter,
    },
  };
}

const planAgain = (instance: Instance, scope: ProposalScope, work: Work): Promise<Planned> =>
  isDay(instance) ? planDay(instance, scope, work) : planNow(instance, scope, work);

/** The proposal's own plan; solved again where another version of the model made it or it was cut short. */
async function baseline({ proposal, instance }: Saved, work: Work): Promise<Plan> {
  const { provenance, moves, impact } = proposal;
  return provenance?.model === MODEL_VERSION && !provenance.cut
    ? { moves, impact, provenance }
    : planAgain(instance, proposal.scope, work);
}

/** The moves of a plan that a rule speaks against; what a manager asked for is theirs to decide. */
function movesAgainst(instance: Instance, moves: readonly Move[], ruleId: string): Move[] {
  const operators = new Map(instance.operators.map((person) => [person.id, person]));
  const cells = new Map(instance.cells.map(({ cell }, c) => [cell.cellId, c]));
  return moves.filter((move) => {
    const person = operators.get(move.operatorId);
    const target = cells.get(move.to.cellId);
    if (move.pinned || !person || target === undefined) return false;
    const begins = (move.startsAt - instance.now) / MINUTE;
    return rulesAgainst(instance, person, target, begins).some((rule) => rule.id === ruleId);
  });
}
/** Names of those whom the first plan moves otherwise than the second. */
const apart = (moves: readonly Move[], others: readonly Move[]): string[] => [
  ...new Set(
    moves
      .filter(
        (move) =>
          !others.some(
            (other) =>
              other.operatorId === move.operatorId &&
              other.to.cellId === move.to.cellId &&
              other.startsAt === move.startsAt &&
              other.endsAt === move.endsAt,
          ),
      )
      .map((move) => move.name),
  ),
];

/** A snapshot under changed rules; the weight of a business is part of its cells. */
function instanceWith(instance: Instance, change: RuleChange): Instance {
  const rules = withChange(instance.rules, change);
  if (change.kind === 'constraint') return { ...instance, rules };
  const cells = instance.cells.map((cell) =>
    cell.cell.businessId === change.businessId ? { ...cell, priority: change.weight } : cell,
  );
  return { ...instance, rules, cells };
}

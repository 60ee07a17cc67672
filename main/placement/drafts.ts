import { isDeepStrictEqual } from 'node:util';
import {
  type BackTest,
  type BackTestEvent,
  type RuleChange,
  type RuleDraft,
  Rules,
} from '../api/contract/placement.ts';
import { minuteOfDay } from '../clock.ts';
import { AppError, Cancelled } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Store } from '../store/index.ts';
import { planCost, scorePlan } from './arithmetic.ts';
import { lateCells } from './build-model.ts';
import { MODEL_VERSION } from './config.ts';
import { draftById, draftRows, insertDraft, saveDraft } from './draft-queries.ts';
import { rulesAgainst } from './match-rules.ts';
import { type ReadRule, type RuleNames, readRules } from './parse-rule.ts';
import { findProposal, planOfProposal, problemOf, type Saved, snapshotOf } from './proposals.ts';
import { proposalRows } from './queries.ts';
import { currentRules, newRules } from './rules.ts';
import { solvePlan, type Work } from './solve-plan.ts';
import type { Instance } from './types.ts';

/** Proposals that a draft is tried on. */
const BACK_TESTED = 30;
const DRAFTS_LISTED = 200;

export interface Drafts {
  /** newest first, decided ones too */
  list(): RuleDraft[];
  /** Drafts of what a text asks for. What is a rule already, or was drafted from the same words before, is not drafted again. */
  from(text: string, source: RuleDraft['source']): Promise<RuleDraft[]>;
  /** Takes a changed form over, tries it on past proposals, keeps the result. Aborting keeps nothing and rejects with Cancelled. */
  backTest(id: string, change: RuleChange | undefined, signal?: AbortSignal): AsyncGenerator<BackTestEvent>;
  /** refuses a draft that was not tried (`rules.draft-untested`) or is decided already (`rules.draft-decided`) */
  confirm(o: { id: string; why: string; actor: string }): Promise<RuleDraft>;
  discard(o: { id: string; actor: string }): Promise<RuleDraft>;
}

export function createDrafts(o: {
  store: Store;
  now: () => number;
  zone: () => string;
  names: () => RuleNames;
  work: Omit<Work, 'signal' | 'onProgress'>;
}): Drafts {
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
      await o.store.write([statement, saveDraft(confirmed)]);
      return confirmed;
    },
    async discard({ id, actor }) {
      const discarded = decided(open(id), 'discarded', actor);
      await o.store.write([saveDraft(discarded)]);
      return discarded;
    },
  };
}

/** The rules with a change added; a business has one weight. */
export function withChange(rules: Rules, change: RuleChange): Rules {
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

type Tried = { readonly cut: boolean; readonly changed: BackTest['changed'][number] | null };
/**
 * One past proposal under a change. A plan that has no move the rule speaks against stays the best one: forbidding or dearer moves
 * that are not made leave an optimum where it is. Otherwise its snapshot is solved again, and it counts as changed when the old
 * plan is forbidden now or the new one is strictly better under the changed rules, so that ties between equal plans do not count.
 */
async function tryOn(saved: Saved, change: RuleChange, work: Work): Promise<Tried | null> {
  const { proposal } = saved;
  const instance = instanceWith(saved.instance, change);
  const problem = problemOf(instance, proposal.scope);
  const old = await baseline(saved, work);
  const against = instance.operators.flatMap((person, i) => {
    const target = old.assign[i] ?? person.cell;
    return problem.pins.has(i) ? [] : rulesAgainst(instance, person, target);
  });
  if (change.kind === 'constraint' && !against.some((rule) => rule.id === change.constraint.id)) return null;
  const solved = await solvePlan(problem, work);
  const late = lateCells(problem);
  const isForbidden = change.kind === 'constraint' && change.constraint.hard;
  const isBetter = planCost(instance, solved.assign, late) < planCost(instance, old.assign, late) - 1e-9;
  const cut = old.cut || solved.provenance.cut;
  if (!isForbidden && !isBetter) return { cut, changed: null };
  const counted = problem.scope.union(late);
  const missed = (assign: Int32Array): number => scorePlan(instance, assign, { counted }).missedLots;
  const namesOf = (plan: Int32Array, other: Int32Array): string[] =>
    instance.operators.flatMap((person, i) =>
      plan[i] !== person.cell && plan[i] !== other[i] ? [person.name] : [],
    );
  return {
    cut,
    changed: {
      proposalId: proposal.id,
      createdAt: proposal.createdAt,
      gone: namesOf(old.assign, solved.assign),
      come: namesOf(solved.assign, old.assign),
      missedBefore: missed(old.assign),
      missedAfter: missed(solved.assign),
    },
  };
}

/** The proposal's own plan; solved again where another version of the model made it or it was cut short. */
async function baseline(saved: Saved, work: Work): Promise<{ assign: Int32Array; cut: boolean }> {
  const { provenance, scope } = saved.proposal;
  if (provenance?.model === MODEL_VERSION && !provenance.cut)
    return { assign: planOfProposal(saved), cut: false };
  const solved = await solvePlan(problemOf(saved.instance, scope), work);
  return { assign: solved.assign, cut: solved.provenance.cut };
}

/** A snapshot under changed rules; the weight of a business is part of its cells. */
function instanceWith(instance: Instance, change: RuleChange): Instance {
  const rules = withChange(instance.rules, change);
  if (change.kind === 'constraint') return { ...instance, rules };
  const cells = instance.cells.map((cell) =>
    cell.cell.businessId === change.businessId ? { ...cell, priority: change.weight } : cell,
  );
  return { ...instance, rules, cells };
}

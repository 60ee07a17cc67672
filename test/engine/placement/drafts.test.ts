// Words become drafts, drafts are tried on the past, and a person decides.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ManualClock } from '../../../main/kernel/clock.ts';
import type { BackTestEvent, Proposal, RuleDraft } from '../../../main/placement/contract/placement.ts';
import { wordBackTest, wordChange, wordReason } from '../../../main/placement/contract/words.ts';
import type { Placement } from '../../../main/placement/index.ts';
import { shortStaffed, ZONE } from '../analytics/site-fixture.ts';
import { openPlanningSite, type PlanningSite } from './planning-site.ts';

let site: PlanningSite;
let time: ManualClock;
let placement: Placement;
beforeEach(async () => {
  site = await openPlanningSite({
    names: () => ({
      locations: ['札幌', '盛岡'],
      processes: ['エントリ1', 'エントリ2'],
      businesses: [{ id: '523201', name: 'SS' }],
      operators: [
        { id: 'S1', name: 'S1さん' },
        { id: 'S9', name: 'S9さん' },
      ],
    }),
  });
  ({ time, placement } = site);
  await site.store.write(shortStaffed({}));
});
afterEach(() => site.close());

const propose = (): Promise<Proposal> => site.propose();
const typed = { kind: 'typed', id: null, title: null } as const;
const draftOf = async (text: string): Promise<RuleDraft> => (await placement.drafts.from(text, typed))[0]!;
async function tried(draft: RuleDraft, change = draft.change): Promise<RuleDraft> {
  const seen: BackTestEvent[] = [];
  for await (const event of placement.drafts.backTest(draft.id, change)) seen.push(event);
  const last = seen.at(-1);
  if (last?.kind !== 'tested') throw new Error('not tested');
  expect(seen.slice(0, -1).every((event) => event.kind === 'progress')).toBe(true);
  return last.draft;
}
const movers = ({ moves }: Proposal): string[] => moves.map((move) => move.operatorId).sort();

describe('a draft', () => {
  test('says where it came from, and changes nothing by itself', async () => {
    const source = { kind: 'rejection', id: 'SGT20261120-00000001', title: null } as const;
    const drafts = await placement.drafts.from('人手が要る。S1は動かさないで。', source);
    expect(drafts).toMatchObject([{ text: 'S1は動かさないで', source, state: 'open', backTest: null }]);
    expect(placement.drafts.list()).toEqual(drafts);
    expect(placement.rules().version).toBe(0);
    expect(movers(await propose())).toContain('S1');
    // the same words again make no second one
    expect(await placement.drafts.from('S1は動かさないで', source)).toEqual([]);
  });

  test('is tried on the past proposals: which would have been different, and how', async () => {
    const first = await propose();
    time.advance(1);
    const second = await propose();
    expect(movers(first)).toEqual(['S1', 'S2', 'S3']);
    const { backTest } = await tried(await draftOf('S1は動かさないで'));
    expect(backTest).toMatchObject({ of: 2, cut: 0 });
    expect(backTest!.changed).toMatchObject([
      { proposalId: second.id, gone: ['S1さん'], come: ['S4さん'], missedBefore: 0, missedAfter: 0 },
      { proposalId: first.id },
    ]);
    expect(wordBackTest(backTest!, 'ja')).toBe('この規則なら過去2件のうち2件が変わった');
    expect(wordBackTest(backTest!, 'en')).toBe(
      'With this rule 2 of the last 2 proposals would have been different',
    );
    const idle = await tried(await draftOf('S9は動かさないで'));
    expect(wordBackTest(idle.backTest!, 'ja')).toBe('過去2件の提案は変わりません');
    const late = await tried(await draftOf('15時以降は動かさない'));
    expect(late.backTest!.changed).toEqual([]);
    const noon = await tried(await draftOf('13時以降は動かさない'));
    expect(noon.backTest!.changed).toMatchObject([{ missedBefore: 0, missedAfter: 1, come: [] }, {}]);
  });

  test('counts only when a person confirms it, and only after it was tried', async () => {
    await propose();
    const draft = await draftOf('S1は動かさないで');
    const confirm = () => placement.drafts.confirm({ id: draft.id, why: '研修のため', actor: '佐藤' });
    await expect(confirm()).rejects.toMatchObject({ code: 'rules.draft-untested' });
    await tried(draft);
    expect(await confirm()).toMatchObject({ state: 'confirmed', decidedBy: '佐藤', version: 1 });
    expect(placement.rules()).toMatchObject({ version: 1, why: '研修のため', changedBy: '佐藤' });
    const after = await propose();
    expect(movers(after)).toEqual(['S2', 'S3', 'S4']);
    const { reasons } = await placement.whyNot(after.id, 'S1');
    expect(wordReason(reasons[0]!, 'ja', ZONE)).toBe('ルールで動かさない人になっています');
    await expect(confirm()).rejects.toMatchObject({ code: 'rules.draft-decided' });
    // what is a rule already is not drafted again
    expect(await placement.drafts.from('どうしてもS1は動かさないで', typed)).toEqual([]);
  });

  test('made soft by whoever confirms it, is gone against only where the deadline needs it', async () => {
    await propose();
    const draft = await draftOf('S1は動かさないで');
    if (draft.change.kind !== 'constraint') throw new Error('another kind');
    const soft = { ...draft.change, constraint: { ...draft.change.constraint, hard: false, weight: 1 } };
    expect((await tried(draft, soft)).backTest!.changed).toHaveLength(1);
    await placement.drafts.confirm({ id: draft.id, why: 'x', actor: 'x' });
    expect(movers(await propose())).toEqual(['S2', 'S3', 'S4']);
    // with more work they are needed all the same
    await placement.setRules({ ...placement.rules().rules, maxReleaseShare: 1, maxMoves: 20 }, null, 'x');
    await site.store.write(shortStaffed({ items: 2200 }));
    const moved = (await propose()).moves.find((move) => move.operatorId === 'S1')!;
    expect(moved.against).toEqual([soft.constraint.id]);
    expect(moved.reasons.at(-1)?.code).toBe('despite-rule');
  });

  test('about a business that comes first changes what is saved first', async () => {
    await propose();
    const draft = await draftOf('SSは最優先');
    expect(wordChange(draft.change, 'en')).toBe('deadlines of SS come first (weight 3)');
    expect((await tried(draft)).backTest).toMatchObject({ of: 1 });
    await placement.drafts.confirm({ id: draft.id, why: 'x', actor: 'x' });
    expect(placement.rules().rules.priorities).toEqual([{ businessId: '523201', weight: 3 }]);
  });

  test('discarded is kept as such and not offered again from the same words', async () => {
    const draft = await draftOf('S1は動かさないで');
    await placement.drafts.discard({ id: draft.id, actor: '佐藤' });
    expect(placement.drafts.list()).toMatchObject([{ state: 'discarded', decidedBy: '佐藤' }]);
    expect(await placement.drafts.from('S1は動かさないで', typed)).toEqual([]);
  });

  test('whose trial is stopped stays untried', async () => {
    await propose();
    const draft = await draftOf('S1は動かさないで');
    const stop = new AbortController();
    const events = placement.drafts.backTest(draft.id, undefined, stop.signal);
    expect((await events.next()).value).toEqual({ kind: 'progress', done: 0, of: 1 });
    stop.abort();
    await expect(events.next()).rejects.toThrow('cancelled');
    expect(placement.drafts.list()[0]!.backTest).toBeNull();
  });
});

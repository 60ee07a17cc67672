// What the acts that judge, propose and suppose answer, with the real engine on the demo: plans in, sentences and cards out.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lang } from '../../../main/api/contract/common.ts';
import { formatPercent } from '../../../main/api/contract/format.ts';
import type { Message } from '../../../main/chat/contract/chat.ts';
import type { Proposal } from '../../../main/placement/contract/placement.ts';
import { Plan, ProposeLimits } from '../../../main/questions/contract/questions.ts';
import { openStage, type Stage } from '../../helpers/questions/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const NOW = { days: { kind: 'now' } } as const;
const place = (...values: string[]) => ({ dimension: 'location', values });
const step = (value: string) => ({ dimension: 'process', values: [value] });
type Wanted = Record<string, unknown> & { act: string };
const planOf = (wanted: Wanted): Plan =>
  Plan.parse({ where: [], window: NOW, limits: {}, measure: null, ...wanted });

/** The answer to a plan as a person corrected it; every sentence of it has passed the number gate. */
async function told(
  wanted: Wanted,
  { lang = 'ja', sessionId }: { lang?: Lang; sessionId?: string } = {},
): Promise<Message & { card: Proposal | null; first: string }> {
  const text = lang === 'ja' ? '札幌の状況は？' : 'How is it going?';
  let answer: Message | null = null;
  for await (const event of stage.engine.services.chat.send({
    text,
    lang,
    sessionId,
    plans: [planOf(wanted)],
  }))
    if (event.kind === 'answered') answer = event.message;
  if (!answer) throw new RangeError('no answer');
  expect(answer.body.steps.find((s) => s.step === 'check')?.state).toBe('done');
  expect(answer.body.error).toBeNull();
  const id = answer.body.proposalId;
  const card = id === null ? null : stage.engine.services.placement.get(id);
  return { ...answer, card, first: answer.text.split(/(?<=。)|(?<=[.!?]) /)[0] ?? '' };
}
const conversation = async (): Promise<string> =>
  (await stage.engine.services.chat.create({ title: '応援' })).id;
const help = (...where: object[]): Wanted => ({ act: 'propose', where });
const decisions = (): number => stage.rows<{ n: number }>('SELECT count(*) AS n FROM decisions')[0]?.n ?? 0;

describe('a proposal', () => {
  test('keeps its limits and tells each of them with what it does', async () => {
    const limits = { people: 2, keepSkillFrom: 4, notFrom: ['佐世保'], until: 18 * 60 };
    const { card, text, first } = await told({ ...help(place('札幌')), limits });
    expect(card?.moves.length).toBeLessThanOrEqual(2);
    expect(card?.moves.every((move) => move.skill < 4 && move.from.location !== '佐世保')).toBe(true);
    expect(first).toMatch(
      /2名以内.*ベテラン（スキル4以上）は動かさない.*佐世保からは出さない.*18:00までに終える/,
    );
    expect(first).toContain('札幌');
    expect(text).toContain('承認するまで何も変わりません');
  });

  test('tells the same in English', async () => {
    const { first, text } = await told(
      { ...help(place('札幌')), limits: { people: 1, overtimeMinutes: 0 } },
      { lang: 'en' },
    );
    expect(first).toMatch(/^I propose moving 1 person to help 札幌 \(at most 1 person; no overtime\)\.$/);
    expect(text).toContain('counts on no overtime');
  });

  test('helps several sites at once, within one number of people', async () => {
    const { card, first } = await told({ ...help(place('札幌', '横浜')), limits: { people: 4 } });
    expect(new Set(card?.moves.map((move) => move.to.location))).toEqual(new Set(['札幌', '横浜']));
    expect(card?.moves.length).toBeLessThanOrEqual(4);
    expect(first).toContain('札幌と横浜');
  });

  test('within limits is never handed to another conversation, nor to the alert', async () => {
    const free = await told(help(place('札幌'), step('エントリ1')));
    const mover = free.card?.moves[0]?.operatorId ?? '';
    const limited = await told({ ...help(place('札幌'), step('エントリ1')), limits: { keep: [mover] } });
    expect(limited.card?.moves.map((move) => move.operatorId)).not.toContain(mover);
    expect(limited.card?.alertId).toBeNull();
    const again = await told(help(place('札幌'), step('エントリ1')));
    expect(again.card?.scope.limits).toBeUndefined();
    expect(again.card?.moves.map((move) => move.operatorId)).toContain(mover);
  });

  test('that nobody can help with says so first, with what is in the way', async () => {
    const { card, first, text } = await told({
      ...help(place('札幌')),
      limits: { leastSkill: 5, from: ['横浜'] },
    });
    expect(card?.moves).toEqual([]);
    expect(first).toMatch(
      /スキル5以上の人だけ、横浜の人だけを動かすという条件では、札幌のために動かして.*人はいません/,
    );
    expect(text).toContain('札幌 SS エントリ1');
  });

  test('that nobody needs is answered with why not', async () => {
    const { card, first, text } = await told(help(place('盛岡')));
    expect(card?.moves ?? []).toEqual([]);
    expect(first).toMatch(/^盛岡は今の配置のままで納期に間に合う見込みなので、人を動かす必要はありません/);
    expect(text).toMatch(/間に合う確率は\d+%/);
  });

  test('of a time that has passed, or a place without progress, is not made', async () => {
    const late = await told({ ...help(place('札幌')), limits: { until: 10 * 60 } });
    expect(late.card).toBeNull();
    expect(late.first).toMatch(/10:00はもう過ぎている/);
    const nowhere = await told(help(place('名寄')));
    expect(nowhere.card).toBeNull();
    expect(nowhere.first).toBe('名寄の本日の進捗の記録はありません。');
  });
});

describe('the card of a conversation', () => {
  const about = (ask: object): Wanted => ({ act: 'about-card', ask });

  test('is asked for where there is none', async () => {
    for (const [lang, none] of [
      ['ja', /まだ配置変更の提案をしていません/],
      ['en', /No moves have been proposed in this conversation yet/],
    ] as const) {
      const { first, card } = await told(about({ kind: 'effect' }), { lang });
      expect(first).toMatch(none);
      expect(card).toBeNull();
    }
  });

  test('says why somebody moves, and why somebody does not', async () => {
    const sessionId = await conversation();
    const { card } = await told(help(place('札幌'), step('エントリ1')), { sessionId });
    const move = card?.moves[0];
    const moved = await told(about({ kind: 'why', people: [move?.operatorId] }), { sessionId });
    expect(moved.text).toMatch(new RegExp(`^${move?.name}さんを選んだのは、次の理由からです。.+。`));
    const [other] = stage.engine.services.placement
      .candidates(card?.id ?? '', '佐世保')
      .filter((one) => !card?.moves.some((m) => m.operatorId === one.operatorId));
    const not = await told(about({ kind: 'why', people: [other?.operatorId] }), { sessionId });
    expect(not.text).toContain(`${other?.name}さんは、次の理由からこの案に入っていません。`);
  });

  test('tells its effect, its people, when they leave and what becomes of those who give them', async () => {
    const sessionId = await conversation();
    const { card } = await told(help(place('札幌'), step('エントリ1')), { sessionId });
    const ask = async (kind: string, lang: Lang = 'ja') =>
      (await told(about({ kind }), { sessionId, lang })).first;
    expect(await ask('effect')).toMatch(/間に合う確率は.*から.*に上がります/);
    expect(await ask('count')).toContain(`${card?.moves.length}名`);
    expect(await ask('who', 'en')).toMatch(new RegExp(`^${card?.moves.length} people would move: `));
    expect(await ask('when')).toMatch(/^14:30に.*離れます/);
    expect(await ask('source')).toMatch(/^人を出す側で.*納期は守れる見込みです/);
  });

  test('approving or rejecting by words focuses the button and decides nothing', async () => {
    const sessionId = await conversation();
    const { card } = await told(help(place('横浜'), step('エントリ1')), { sessionId });
    const before = decisions();
    for (const kind of ['approve', 'reject'] as const) {
      const { body, first } = await told(about({ kind }), { sessionId });
      expect(body.focus).toBe(kind);
      expect(body.proposalId).toBe(card?.id);
      expect(first).toMatch(/提案カードの「(承認|却下)」ボタン/);
    }
    expect(decisions()).toBe(before);
    expect(stage.engine.services.placement.get(card?.id ?? '').status).toBe('open');
  });

  test('is solved again within other limits: the new plan takes its place and both are told', async () => {
    const sessionId = await conversation();
    const { card } = await told({ ...help(place('札幌')), limits: { people: 3 } }, { sessionId });
    const mover = card?.moves[0]?.operatorId ?? '';
    const limits = ProposeLimits.parse({ keep: [mover] });
    const next = await told(about({ kind: 'change', limits }), { sessionId });
    expect(next.card?.supersedes).toBe(card?.id);
    expect(next.card?.scope.limits).toMatchObject({ people: 3, keep: [mover] });
    expect(next.card?.moves.map((move) => move.operatorId)).not.toContain(mover);
    expect(next.first).toMatch(/さんは動かさないという条件で解き直しました/);
    const other = await told(about({ kind: 'other' }), { sessionId });
    const had = new Set(next.card?.moves.map((move) => move.operatorId));
    expect(other.card?.moves.some((move) => had.has(move.operatorId))).toBe(false);
  });

  test('is compared with the one before it', async () => {
    const sessionId = await conversation();
    await told(help(place('札幌'), step('エントリ1')), { sessionId });
    const only = await told(about({ kind: 'compare', proposalIds: [] }), { sessionId });
    expect(only.first).toContain('比べられません');
    await told(help(place('横浜'), step('エントリ1')), { sessionId });
    const { text } = await told(about({ kind: 'compare', proposalIds: [] }), { sessionId });
    expect(text).toMatch(
      /札幌 SS エントリ1の案は\d名.*横浜 健保 エントリ1の案は\d名.*両方を進めることもできます/s,
    );
  });
});

describe('what if', () => {
  const suppose = (wish: object, ...where: object[]): Wanted => ({ act: 'what-if', suppose: [wish], where });

  test('help that is not enough is told by the deadline that stays missed, not by the one it saves', async () => {
    const wish = { what: 'people', amount: 2, share: false };
    const { first, text, body } = await told(suppose(wish, place('札幌'), step('エントリ1')));
    const of = (body.tables[0]?.rows ?? []).filter((row) =>
      String(row['cell']).includes('札幌 SS エントリ1'),
    );
    const worst = of.toSorted((a, b) => Number(a['pAfter']) - Number(b['pAfter']))[0];
    expect(of.length).toBeGreaterThan(1);
    expect(Number(worst?.['pAfter'])).toBeLessThan(0.5);
    const time = new Date(Number(worst?.['deadline']) + 9 * 3_600_000).toISOString().slice(11, 16);
    expect(first).toContain(`${time}の納期`);
    expect(text).toContain('この条件では、納期に間に合わない見込みです');
  });
  const proposals = (): number => stage.rows<{ n: number }>('SELECT count(*) AS n FROM proposals')[0]?.n ?? 0;

  test('says first what becomes of the deadline, before and after, and stores nothing', async () => {
    const before = proposals();
    const { first, text, body } = await told(
      suppose({ what: 'people', amount: -2 }, place('札幌'), step('エントリ1')),
    );
    expect(first).toMatch(
      /^札幌 エントリ1で2人が不在の場合、札幌 SS エントリ1が\d\d:\d\dの納期に間に合う確率は.*(?:下がります|のままです)。$/,
    );
    expect(text).toContain('配置は何も変えていません');
    expect(body.tables[0]?.query).toBe('what-if');
    expect(proposals()).toBe(before);
  });

  test.each<[string, object, RegExp]>([
    ['half of a site', { what: 'people', amount: -0.5, share: true }, /札幌で半分が不在の場合/],
    ['work that arrives', { what: 'arrivals', amount: 0.2, share: true }, /これから入る件数が20%増の場合/],
    ['an earlier deadline', { what: 'deadline', minutes: -60, to: null }, /納期を1時間前倒しした場合/],
    ['slower work', { what: 'speed', share: -0.1 }, /処理速度が10%低下の場合/],
    ['overtime', { what: 'overtime', minutes: 30, until: null }, /札幌の全員が30分残業した場合/],
    ['a standstill', { what: 'outage', service: null, minutes: 45 }, /札幌の作業が45分停止した場合/],
    ['nothing done', { what: 'nothing' }, /何もしない場合/],
  ])('%s is supposed as it was said', async (_, wish, said) => {
    const { first } = await told(suppose(wish, place('札幌')));
    expect(first).toMatch(said);
    expect(first).toMatch(/札幌.*\d\d:\d\dの納期に間に合う確率は/);
  });

  test('a deadline moved to a time is the next one there', async () => {
    const early = {
      ...suppose({ what: 'deadline', minutes: null, to: 900 }, place('札幌')),
      window: { ...NOW, at: 900 },
    };
    expect((await told(early)).first).toMatch(
      /札幌の次の納期を15:00に変更した場合.*15:00の納期に間に合う確率/,
    );
  });

  test('people moved to a named queue are supposed to be there', async () => {
    const move = { what: 'move', count: 2, people: [], from: [place('盛岡')], to: [step('エントリ1')] };
    const { first, text } = await told(suppose(move, place('札幌')));
    expect(first).toMatch(/^盛岡から2人を札幌 SS エントリ1へ移した場合/);
    expect(text).not.toContain('工程のご指定がない');
  });

  test('people who leave at a time are there until then', async () => {
    const early = {
      ...suppose({ what: 'people', amount: -4 }, place('札幌')),
      window: { ...NOW, from: 15 * 60 },
    };
    expect((await told(early)).first).toContain('札幌で4人が不在 (15:00から)の場合');
  });

  test('somebody who is not at work changes nothing, and that is said', async () => {
    const [absent] = stage.rows<{ id: string; name: string }>(
      `SELECT operator_id AS id, operator_name AS name FROM attendance_records JOIN operators USING (operator_id)
        WHERE attendance_date = '2026-11-19' AND attendance_status = 'absent'`,
    );
    const { first } = await told(suppose({ what: 'absence', people: [absent?.id] }));
    expect(first).toContain(`${absent?.name}さんは、これからの勤務に入っていない`);
  });

  test('in English too', async () => {
    const { first } = await told(suppose({ what: 'people', amount: 1 }, place('横浜'), step('エントリ1')), {
      lang: 'en',
    });
    expect(first).toMatch(
      /^Suppose 横浜 健保 エントリ1: 1 person more from outside: the chance that .* rises from .* to .*\.$/,
    );
  });
});

describe('a day to come', () => {
  const day = (offset: number, ...where: object[]): Wanted => ({
    act: 'tomorrow',
    window: { days: { kind: 'day', offset } },
    where,
  });

  test('is named with its date, its lowest chance and what it assumes', async () => {
    const { first, text, card } = await told(day(1, place('札幌')));
    expect(first).toContain('2026年11月20日(金)の札幌');
    expect(text).toMatch(/最も低い達成確率は札幌 /);
    expect(text).toContain('この日のシフトの');
    expect(card?.scope).toMatchObject({ horizon: 'next-day', date: '2026-11-20', location: '札幌' });
  });

  test('without a roster cannot be planned, and says why', async () => {
    const { first, text, card } = await told(day(3), { lang: 'en' });
    expect(first).toBe('Sun, 22 Nov 2026 cannot be planned for all sites.');
    expect(text).toContain('There is no roster');
    expect(card).toBeNull();
  });

  test('on which somebody is supposed to be off is for reading only', async () => {
    const [person] = stage.rows<{ id: string }>('SELECT operator_id AS id FROM daily_assignments LIMIT 1');
    const off = { act: 'what-if', suppose: [{ what: 'absence', people: [person?.id] }] };
    const { text, card } = await told({ ...off, window: { days: { kind: 'day', offset: 1 } } });
    expect(text).toContain('承認することはできません');
    expect(card?.scope.assume?.[0]).toMatchObject({ kind: 'absence' });
  });
});

describe('alerts', () => {
  test.each<Lang>(['ja', 'en'])(
    'are named with their deadline, chance and the steps after (%s)',
    async (lang) => {
      const query = { measures: ['alerts'], window: NOW };
      const { text } = await told({ act: 'measure', query }, { lang });
      const [worst] = stage.engine.services.alerts.list().alerts.filter((a) => a.deadlines.length > 1);
      expect(worst?.cell?.location).toBe('札幌');
      expect(text).toContain(formatPercent(worst?.evidence?.pMiss ?? -1, lang));
      for (const { cell } of worst?.deadlines ?? []) expect(text).toContain(cell.process);
    },
  );
});

describe('why', () => {
  test('the sides come first, with the queue and its chance, then what shows them', async () => {
    const { first, text, body } = await told({ act: 'why', where: [place('札幌'), step('エントリ1')] });
    expect(first).toMatch(
      /^札幌 SS エントリ1の遅れは、人員の不足が先に起きています（16:00の納期に間に合わない確率.+）。$/,
    );
    expect(text).toMatch(/予定の \d+名のうち \d名が来ていません/);
    expect(body.alertIds.length).toBeGreaterThan(0);
  });

  test('a cause that somebody supposes is confirmed or not', async () => {
    const ask = async (supposed: string) =>
      (await told({ act: 'why', where: [place('札幌')], supposed })).first;
    expect(await ask('people')).toMatch(/^はい、/);
    expect(await ask('system')).toMatch(/^いいえ、システムの異常ではなく、札幌/);
  });

  test('where there is no delay, that is said first', async () => {
    const { first } = await told({ act: 'why', where: [place('盛岡')] });
    expect(first).toBe('盛岡に、いま遅れの見込みはありません。');
    const en = await told({ act: 'why', where: [place('盛岡')], measure: 'productivity' }, { lang: 'en' });
    expect(en.text).toMatch(/^Productivity at 盛岡 .*There is no delay at 盛岡/);
  });

  test('of a person it is asked of this conversation’s card, else of what the alert came with', async () => {
    const [person] = stage.rows<{ id: string; name: string }>(
      'SELECT operator_id AS id, operator_name AS name FROM operators LIMIT 1',
    );
    const where = [{ dimension: 'person', values: [person?.id] }];
    const { first, card } = await told({ act: 'why', where });
    const { alerts } = stage.engine.services.alerts.list();
    expect(alerts.map((alert) => alert.proposalId)).toContain(card?.id);
    expect(first).toMatch(new RegExp(`^${person?.name}さん(は、次の理由から|を選んだのは)`));
    const sessionId = await conversation();
    await told(help(place('札幌'), step('エントリ1')), { sessionId });
    expect((await told({ act: 'why', where }, { sessionId })).first).toContain(person?.name);
  });

  test('few people: how many were to be there, and how many are absent', async () => {
    const { first } = await told({ act: 'why', where: [place('大阪')], measure: 'present' });
    expect(first).toMatch(/^大阪.*\d+名/);
  });
});

describe('an improvement plan', () => {
  const PARTS = [
    'priority_analysis',
    'action_plan',
    'quantitative_forecast',
    'implementation_schedule',
    'supporting_data',
    'next_monitoring',
  ];
  test.each<Lang>(['ja', 'en'])(
    'has its six parts, with causes, cost, days and a goal (%s)',
    async (lang) => {
      const { body, text } = await told({ act: 'improve', where: [place('札幌')] }, { lang });
      expect(body.sections?.map((section) => section.key)).toEqual(PARTS);
      const said =
        lang === 'ja'
          ? [
              /札幌の未対応のアラートは1件/,
              /欠勤は延べ\d+名/,
              /費用は.*人時/,
              /2026年11月20日\(金\)：/,
              /成功の基準は/,
            ]
          : [
              /Open alerts of 札幌: 1 alert/,
              /Attendance at 札幌: \d+/,
              /It costs .* person-hours/,
              /Fri, 20 Nov 2026: /,
              /The goal: /,
            ];
      for (const one of said) expect(text).toMatch(one);
    },
  );

  test('against absences begins with attendance', async () => {
    const { text } = await told({ act: 'improve', where: [place('札幌')], measure: 'absent' });
    expect(text).toMatch(/^優先順位の分析\n札幌の勤怠では、直近4週間の欠勤は延べ\d+名/);
  });

  test('of a place that is on time proposes no moves', async () => {
    const { body, text, card } = await told({ act: 'improve', where: [place('盛岡'), step('エントリ1')] });
    expect(body.sections).toHaveLength(6);
    expect(text).toContain('未対応のアラートはありません');
    expect(card).toBeNull();
  });
});

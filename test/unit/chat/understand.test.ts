import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { INTENTS } from '../../../main/api/contract/chat.ts';
import type { MasterData } from '../../../main/chat/types.ts';
import { createUnderstanding } from '../../../main/chat/understand.ts';

const MASTER: MasterData = {
  locations: ['札幌', '盛岡', '品川', '横浜', '大阪', '佐世保'],
  processes: ['エントリ1', 'エントリ2', '補正', 'SV補正', '目検'],
  businesses: [
    { id: '523201', name: 'SS' },
    { id: '523202', name: 'KDB' },
  ],
  operators: [{ id: 'OP0012', name: '山田 太郎' }],
};
const understand = createUnderstanding(() => MASTER);

type Labelled = {
  text: string;
  intent: string;
  location: string | null;
  process: string | null;
  business: string | null;
  requires_action: boolean;
};
const golden = readFileSync(new URL('../../golden/intents.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Labelled);
const share = (right: (row: Labelled) => boolean): number => golden.filter(right).length / golden.length;

describe('understanding a manager', () => {
  it.each([
    ['札幌のエントリ1工程が遅延しています', 'deadline_optimization', true],
    ['どの工程が遅れそう？', 'delay_risk_detection', false],
    ['札幌のエントリ1は遅延していますか？', 'delay_risk_detection', false],
    ['札幌のエントリ1から3人減らしたらどうなる？', 'impact_analysis', false],
    ['アラートを解消して', 'improve_alerts', true],
    ['明日の配置を最適化して', 'optimize_assignment', true],
    ['札幌のエントリ1の残件は何件？', 'simple_query', false],
    ['先週の生産性の推移を見せて', 'productivity_analysis', false],
    ['システムのエラーログを調べて', 'log_investigation', false],
    ['今日の天気は？', 'out_of_scope', false],
    ['Sapporo entry 1 is delayed', 'deadline_optimization', true],
    ['Which process is at risk?', 'delay_risk_detection', false],
    ['What happens if we remove 3 people from Osaka correction?', 'impact_analysis', false],
    ['Resolve the open alerts', 'improve_alerts', true],
    ['Plan the assignment for tomorrow', 'optimize_assignment', true],
    ['How many items are left in Sapporo entry 1?', 'simple_query', false],
    ['Show the productivity trend of last week', 'productivity_analysis', false],
    ['Show the error logs', 'log_investigation', false],
    ['Tell me a joke', 'out_of_scope', false],
  ])('%s', (text, intent, acts) => {
    expect(understand(text).result).toMatchObject({ intent, requires_action: acts });
  });

  it('reads hand-written questions it has never seen', () => {
    expect(golden.length).toBeGreaterThanOrEqual(250);
    expect(new Set(golden.map((row) => row.intent))).toEqual(new Set(INTENTS));
    expect(share((row) => understand(row.text).result.intent === row.intent)).toBeGreaterThanOrEqual(0.97);
    expect(
      share((row) => {
        const { location, process, business } = understand(row.text).result;
        return location === row.location && process === row.process && business === row.business;
      }),
    ).toBeGreaterThanOrEqual(0.99);
    expect(
      share((row) => understand(row.text).result.requires_action === row.requires_action),
    ).toBeGreaterThanOrEqual(0.98);
  });

  it('is right about as often as it is sure', () => {
    const results = golden.map((row) => {
      const { intent, confidence } = understand(row.text).result;
      return { confidence, right: intent === row.intent ? 1 : 0 };
    });
    const mean = (list: number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
    expect(Math.abs(mean(results.map((r) => r.confidence)) - mean(results.map((r) => r.right)))).toBeLessThan(
      0.06,
    );
    const sure = results.filter((r) => r.confidence >= 0.9);
    expect(mean(sure.map((r) => r.right))).toBeGreaterThan(0.97);
  });

  it('gives nine probabilities that sum to one, and the first site named', () => {
    const { scores, result, mentions } = understand('盛岡から札幌に3人回したらどうなる？');
    expect(scores.map((s) => s.intent).sort()).toEqual([...INTENTS].sort());
    expect(scores.reduce((sum, s) => sum + s.p, 0)).toBeCloseTo(1, 6);
    expect(result.location).toBe('盛岡');
    expect(mentions.map((m) => m.value)).toEqual(['盛岡', '札幌']);
  });

  it.each([
    ['SS業務じゃなくて、盛岡の残件は？', 'simple_query', '盛岡', null, null],
    ['札幌ではなく盛岡の補正が遅れています', 'deadline_optimization', '盛岡', '補正', null],
    ['エントリ1じゃなくエントリ2の残件', 'simple_query', null, 'エントリ2', null],
    ['札幌以外で遅れている拠点は？', 'delay_risk_detection', null, null, null],
    ['not Sapporo, Osaka is late', 'deadline_optimization', '大阪', null, null],
    ['backlog of everything except SS', 'simple_query', null, null, null],
    ['札幌じゃないの？', null, '札幌', null, null],
    ['札幌は大丈夫じゃないよね？', 'delay_risk_detection', '札幌', null, null],
  ])('a name said only to set it aside is not meant: %s', (text, intent, location, process, business) => {
    const { result } = understand(text);
    expect(result).toMatchObject({ location, process, business, ...(intent === null ? {} : { intent }) });
  });

  it.each([
    ['遅れとかじゃなくて残件数だけ教えて', 'simple_query'],
    ['今の残件じゃなくて推移を見せて', 'productivity_analysis'],
    ['not the trend, only the number now', 'simple_query'],
  ])('answers what is asked for, not what is set aside: %s', (text, intent) => {
    expect(understand(text).result.intent).toBe(intent);
  });

  it.each([
    ['ｻｯﾎﾟﾛﾉｻﾞﾝｹﾝﾊ?', 'simple_query', '札幌', null],
    ['モリオカノホセイガオクレテイマス', 'deadline_optimization', '盛岡', '補正'],
    ['おおさかのえんとり1ののうきは', 'simple_query', '大阪', 'エントリ1'],
    ['させぼのもくけんはまにあう？', 'delay_risk_detection', '佐世保', '目検'],
    ['ﾖｺﾊﾏ SVﾎｾｲ ﾅﾝﾆﾝｲﾙ', 'simple_query', '横浜', 'SV補正'],
    ['あしたのはいちをさいてきかして', 'optimize_assignment', null, null],
  ])('reads a question typed without kanji: %s', (text, intent, location, process) => {
    expect(understand(text).result).toMatchObject({ intent, location, process });
  });

  it.each([
    ['札幌のエントリ1が遅れています', 'deadline_optimization'],
    ['札幌のエントリ1は遅れていますか', 'delay_risk_detection'],
    ['札幌のエントリ1が遅れたらどうなりますか', 'impact_analysis'],
    ['札幌のエントリ1が遅れているのはシステムのせい？', 'log_investigation'],
    ['障害は直ったけど遅れが残ってる。人を動かして挽回したい', 'deadline_optimization'],
    ['遅延アラートを解消したい', 'improve_alerts'],
    ['アラートは何件出ていますか', 'simple_query'],
    ['明日遅れが出ないような配置を組んで', 'optimize_assignment'],
    ['明日のシフト表を見せて', 'simple_query'],
    ['今日の残件は何件？', 'simple_query'],
    ['残件は先週より増えていますか', 'productivity_analysis'],
    ['残件は今日中に捌けますか', 'delay_risk_detection'],
    ['残件が捌けていません', 'deadline_optimization'],
    ['Osaka is late', 'deadline_optimization'],
    ['Is Osaka late?', 'delay_risk_detection'],
    ['My train is late', 'out_of_scope'],
  ])('tells neighbours apart: %s', (text, intent) => {
    expect(understand(text).result.intent).toBe(intent);
  });

  it.each([
    ['Which processes are late?', 'en'],
    ['What is the backlog of 札幌 エントリ1?', 'en'],
    ['Find “保存に失敗しました” in the logs', 'en'],
    ['Osaka is going to be late, get it done on time', 'en'],
    ['and Morioka?', 'en'],
    ['pool exhausted? disk full?', 'en'],
    ['Sapporoの残件は', 'ja'],
    ['DB timeoutのログを調べて', 'ja'],
    ['配置変更', 'ja'],
    // a name, a word, a line pasted from a log: as likely in either
    ['札幌', null],
    ['timeout', null],
    ['connection pool timeout after 3000 ms, 3 waiting', null],
    ['', null],
  ])('tells the language of a question, not of the names and quotations in it: %s', (text, lang) => {
    expect(understand(text).lang).toBe(lang);
  });

  it('takes no time over a log pasted into a question, as long as a question may be', () => {
    const began = performance.now();
    expect(understand('error: connection to db lost after retry '.repeat(195)).lang).toBeNull();
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('follows the master data when it changes', () => {
    let master = MASTER;
    const read = createUnderstanding(() => master);
    expect(read('那覇の残件').result.location).toBeNull();
    master = { ...MASTER, locations: [...MASTER.locations, '那覇'] };
    expect(read('Nahaの残件').result.location).toBe('那覇');
  });

  it.each(['', ' ', '😀', '\u0000', 'ｱ'.repeat(8000), '札幌'.repeat(4000), '1'.repeat(5000)])(
    'survives odd input (%#)',
    (text) => {
      const { result, scores } = understand(text);
      expect(scores).toHaveLength(9);
      expect(Number.isFinite(result.confidence)).toBe(true);
    },
  );
});

/** Answers to put before the number gate, generated from a seed: honest rewordings of composed lines, and ones with something false planted. */
import type { Fact, Lang } from '../../main/api/contract/common.ts';
import { slotsOf } from '../../main/chat/facts.ts';
import { REWORDINGS } from './gate-rewordings.ts';
import { MASTER } from './hand-made-site.ts';
import { type DraftLine, pick, randomFrom, simulatedDraft, whole } from './simulated-drafts.ts';

export type Case = {
  readonly lang: Lang;
  readonly draft: string;
  readonly worded: string;
  readonly facts: readonly Fact[];
  /** null: honest */
  readonly planted: string | null;
};
export const NAMES = {
  people: MASTER.operators.map((operator) => operator.name),
  places: MASTER.locations,
};

/** Every honest way there is to say a line otherwise. */
export function honestOf({ lang, text }: DraftLine): string[] {
  const said: string[] = [];
  for (const [pattern, ...templates] of REWORDINGS[lang]) {
    const match = new RegExp(pattern.replaceAll('S', '(\\{\\{f\\d+\\}\\})'), 'u').exec(text);
    if (match)
      said.push(
        ...templates.map((template) => template.replace(/\$(\d)/g, (_, n: string) => match[Number(n)] ?? '')),
      );
  }
  if (lang === 'ja') {
    if (/です。$/.test(text)) said.push(text.replace(/です。$/, 'となっています。'));
    if (!text.startsWith('・')) said.push(`現在、${text}`, `なお、${text}`);
  } else if (!text.startsWith('•')) {
    const lower =
      /^[A-Z][a-z]*,? /.test(text) && !text.startsWith('I ') ? text[0]?.toLowerCase() + text.slice(1) : text;
    said.push(`At the moment, ${lower}`, `Please note: ${lower}`);
  }
  return said;
}

/** Turns a line round, each where it says what can be turned; what it gives is false wherever the line was true. */
const TURNS: Readonly<Record<Lang, readonly (readonly [from: RegExp, to: string])[]>> = {
  ja: [
    [/間に合わない確率/, '間に合う確率'],
    [/間に合う確率/, '間に合わない確率'],
    [/遅れる確率/, '遅れない確率'],
    [/間に合わない/, '間に合う'],
    [/間に合う見込み/, '間に合わない見込み'],
    [/間に合う/, '間に合わない'],
    [/間に合いそう/, '間に合いそうもなさそう'],
    [/遅れの恐れがあります/, '遅れの恐れはありません'],
    [/遅れそうな工程は、?(?:今のところ)?(?:ありません|見当たりません)/, '遅れそうな工程があります'],
    [/足りません/, '足りています'],
    [/足りません/, '余っています'],
    [/不足して/, '余裕があって'],
    [/の不足/, 'の余裕'],
    [/上がり/, '下がり'],
    [/下がり/, '上がり'],
    [/増えて/, '減って'],
    [/減り/, '増え'],
    [/減っています/, '増えています'],
    [/続いている/, '収まっている'],
    [/続いています/, '終わりました'],
    [/あります。?$/, 'ありません。'],
    [/ありません/, 'あります'],
    [/承認してください/, '承認しないでください'],
    [/承認してください/, '却下してください'],
    [/影響しません/, '影響します'],
    [/確かめています/, '確かめていません'],
    [/確かめられていません/, '確かめられています'],
    [/収まりました/, '収まりませんでした'],
    [/何も変わりません/, 'すべて変わります'],
    [/必要ありません/, '必要です'],
    [/必要はありません/, '必要があります'],
    [/守れる/, '守れない'],
    [/残る/, '残らない'],
    [/残り/, '残らず'],
    [/遅くなり/, '早くなり'],
    [/先に起きています/, '先に起きていません'],
    [/出ています/, '出ていません'],
    [/です。$/, 'ではありません。'],
    [/です。$/, 'ですが、遅れません。'],
    [/です。$/, 'ですが、遅れは回避できます。'],
    [/です。$/, 'なので、間に合います。'],
  ],
  en: [
    [/chance that (.*) misses/, 'chance that $1 makes'],
    [/chance of being late/, 'chance of being on time'],
    [/chance of making/, 'chance of missing'],
    [/should make/, 'should miss'],
    [/should make/, 'should not make'],
    [/may miss/, 'will not miss'],
    [/may be late/, 'will not be late'],
    [/Nothing is likely to be late/, 'Something is likely to be late'],
    [/ short\b/, ' to spare'],
    [/\bgoes up\b/, 'goes down'],
    [/\brises\b/, 'falls'],
    [/\bfalls\b/, 'rises'],
    [/\bup from\b/, 'down from'],
    [/\bdrops\b/, 'rises'],
    [/(?:is|are) going on/, 'is over'],
    [/approve it/, 'reject it'],
    [/approve it/, 'do not approve it'],
    [/Nothing changes/, 'Everything changes'],
    [/hardly affected/, 'badly affected'],
    [/should still be met/, 'will not be met'],
    [/proved that no plan/, 'did not prove that no plan'],
    [/would be left/, 'would not be left'],
    [/\bworked\b/, 'did not work'],
    [/\blater\b/, 'earlier'],
    [/\bfewer\b/, 'more'],
    [/\.$/, ', and nothing will be late.'],
    [/\.$/, ', so the deadline will be met.'],
    [/\.$/, ', but the delay is avoided.'],
    [/\bis preceded by\b/, 'is not preceded by'],
    [/\bneeds\b/, 'does not need'],
  ],
};

/** A line that says all is well stays true when it says so once more. */
const IS_WELL =
  /間に合う見込み|守れる|間に合いそう|間に合います|処理できる|should|on time|be met|nothing is likely/i;
const turnsOf = (line: string, { lang, text }: DraftLine): (readonly [RegExp, string])[] =>
  TURNS[lang].filter(([from]) => from.test(line) && !(/\$\/?$/.test(from.source) && IS_WELL.test(text)));

type Plant = readonly [kind: string, plant: (given: Planting) => string | null];
type Planting = {
  readonly line: string;
  readonly draft: DraftLine;
  readonly here: readonly Fact[];
  readonly random: () => number;
};
const KANJI = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const wide = (text: string): string =>
  text.replace(/[0-9]/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));
const numeric = (facts: readonly Fact[]): Fact[] =>
  facts.filter((f) => typeof f.value === 'number' && f.unit !== 'instant');
/** Puts a clause before the line's end. */
const add = (line: string, clause: string): string =>
  /[。.]$/.test(line) ? `${line.slice(0, -1)}${clause}${line.at(-1)}` : `${line}${clause}`;
const say =
  (ja: string, en: string): ((given: Planting) => string) =>
  ({ line, draft }) =>
    add(line, draft.lang === 'ja' ? ja : en);
const sayWith =
  (
    ja: (random: () => number) => string,
    en: (random: () => number) => string,
  ): ((given: Planting) => string) =>
  ({ line, draft, random }) =>
    add(line, draft.lang === 'ja' ? ja(random) : en(random));
/** Spells a slot out, its value changed by `change`, and keeps the slot elsewhere. */
const spelt =
  (change: (text: string, random: () => number) => string) =>
  ({ line, draft, here, random }: Planting): string | null => {
    const fact = pick(numeric(here), random) as Fact | undefined;
    if (!fact) return null;
    const text = change(fact.text[draft.lang], random);
    if (text === fact.text[draft.lang]) return null;
    return add(line, draft.lang === 'ja' ? `、実際は${text}` : `, in fact ${text}`);
  };
const swap = (line: string, a: string, b: string): string =>
  line.replaceAll(`{{${a}}}`, '\u0001').replaceAll(`{{${b}}}`, `{{${a}}}`).replaceAll('\u0001', `{{${b}}}`);
const SURNAMES = ['佐藤 花子', '鈴木', '田中', '高橋', '山本', '渡辺', '葛城'] as const;
const SURNAMES_LATIN = ['Sato', 'Tanaka', 'Suzuki', 'Mr Kowalski', 'Hanako Sato', 'Yamamoto'] as const;

const PLANTS: readonly Plant[] = [
  [
    'wrong number',
    spelt((text, random) => text.replace(/\d/, (d) => String((Number(d) + whole(random, 1, 8)) % 10))),
  ],
  ['a digit more', spelt((text) => text.replace(/\d/, '1$&'))],
  ['full width', spelt((text) => wide(text.replace(/\d(?=\D*$)/, (d) => String((Number(d) + 3) % 10))))],
  [
    'kanji number',
    sayWith(
      (r) => `、残りは${pick(KANJI.slice(2), r)}${pick(['百', '千', '十'], r)}件です`,
      (r) => `, leaving ${pick(['three hundred', 'twelve', 'a dozen', 'thousands of'], r)} items`,
    ),
  ],
  [
    '万',
    sayWith(
      (r) => `、月に${whole(r, 2, 9)}${pick(['万', '億', '.5万'], r)}件です`,
      (r) => `, ${whole(r, 2, 9)} million a month`,
    ),
  ],
  [
    'percent',
    sayWith(
      (r) => `（${whole(r, 11, 98)}${pick(['%', '％', 'パーセント'], r)}）`,
      (r) => ` (${whole(r, 11, 98)}${pick(['%', ' percent', ' per cent'], r)})`,
    ),
  ],
  [
    'share in words',
    sayWith(
      (r) => pick(['、全体の半分です', '、およそ三割です', '、3分の1にあたります', '、倍になります'], r),
      (r) => pick([', about half of it', ', a third of the total', ', twice as many', ', a quarter more'], r),
    ),
  ],
  [
    'time',
    sayWith(
      (r) => `、${whole(r, 9, 21)}${pick([':37', '時', '時半'], r)}までに終わります`,
      (r) => `, done by ${whole(r, 1, 11)}${pick([' pm', ':45', " o'clock"], r)}`,
    ),
  ],
  [
    'time in words',
    sayWith(
      (r) => pick(['、正午までです', '、深夜0時です', '、夜中です', '、十六時です'], r),
      (r) => pick([', by noon', ', by midnight', ', at half past four'], r),
    ),
  ],
  [
    'date',
    sayWith(
      (r) => pick(['（11月23日）', '、明日の分です', '、来週までです', '、月曜からです', '、12/1です'], r),
      (r) => pick([' (23 Nov)', ', tomorrow', ', next week', ', from Monday', ', 1 December'], r),
    ),
  ],
  [
    'person',
    sayWith(
      (r) => `、担当は${pick(SURNAMES, r)}さんです`,
      (r) => `, and ${pick(SURNAMES_LATIN, r)} is on it`,
    ),
  ],
  [
    'place',
    sayWith(
      (r) => `、${pick(['盛岡', '名古屋', '福岡', '川口センター', '佐世保'], r)}も同じです`,
      (r) => `, as in ${pick(['Nagoya', 'Fukuoka', 'Berlin', 'Morioka', '盛岡'], r)}`,
    ),
  ],
  [
    'sum',
    ({ line, draft, here }) => {
      const [a, b] = numeric(here).filter((f) => f.unit === 'items' || f.unit === 'people');
      if (!a || !b) return null;
      const total = (Number(a.value) + Number(b.value)).toLocaleString('en');
      return add(
        line,
        draft.lang === 'ja'
          ? `、合わせて${total}${a.unit === 'people' ? '名' : '件'}です`
          : `, ${total} in all`,
      );
    },
  ],
  [
    'ratio',
    ({ line, draft, here }) => {
      const [a, b] = numeric(here);
      if (!a || !b || !Number(b.value)) return null;
      const ratio = (Number(a.value) / Number(b.value)).toFixed(1);
      return add(line, draft.lang === 'ja' ? `、${ratio}倍です` : `, ${ratio} times as much`);
    },
  ],
  [
    'fact of another line, in its slot',
    ({ line, draft, here, random }) => {
      const mine = pick(here, random) as Fact | undefined;
      const all = draft.others.filter((id) => !here.some((f) => f.id === id));
      const other = pick(all, random) as string | undefined;
      return mine && other ? line.replaceAll(`{{${mine.id}}}`, `{{${other}}}`) : null;
    },
  ],
  [
    'fact of another line, spelt out',
    ({ line, draft, here, random }) => {
      const written = new Set(here.map((f) => f.text[draft.lang]));
      const others = draft.facts.filter(
        (f) => draft.others.includes(f.id) && !written.has(f.text[draft.lang]),
      );
      const other = pick(numeric(others), random) as Fact | undefined;
      return other ? add(line, draft.lang === 'ja' ? `、${other.text.ja}です` : `, ${other.text.en}`) : null;
    },
  ],
  [
    'two facts of a kind change places',
    ({ line, here }) => {
      for (const a of here)
        for (const b of here)
          if (
            a.id < b.id &&
            a.unit === b.unit &&
            a.text.ja !== b.text.ja &&
            (a.unit !== 'text' || a.label.ja === b.label.ja)
          )
            return swap(line, a.id, b.id);
      return null;
    },
  ],
  [
    'from and to change places',
    ({ line, draft }) => {
      const pattern =
        draft.lang === 'ja'
          ? /(\{\{f\d+\}\})から(\{\{f\d+\}\})(?=[にへま])/
          : /from (\{\{f\d+\}\}) to (\{\{f\d+\}\})/;
      const match = pattern.exec(line);
      if (!match) return null;
      return draft.lang === 'ja' ? line.replace(pattern, '$2から$1') : line.replace(pattern, 'from $2 to $1');
    },
  ],
  [
    'another unit',
    ({ line, draft, here, random }) => {
      const fact = pick(numeric(here), random) as Fact | undefined;
      if (!fact) return null;
      const unit = pick(
        draft.lang === 'ja'
          ? ['分', '時間', '名', '%', '日', '倍', '円']
          : [' minutes', ' people', '%', ' days', ' times'],
        random,
      );
      if (fact.text[draft.lang].endsWith(unit.trim())) return null;
      const out = line.replace(`{{${fact.id}}}`, `{{${fact.id}}}${unit}`);
      return draft.text.includes(`{{${fact.id}}}${unit}`) ? null : out;
    },
  ],
  [
    'bent fact',
    ({ line, draft, here, random }) => {
      const fact = pick(numeric(here), random) as Fact | undefined;
      if (!fact) return null;
      const slot = `{{${fact.id}}}`;
      return draft.lang === 'ja'
        ? line.replace(
            slot,
            pick(
              [`${slot}以上`, `${slot}未満`, `マイナス${slot}`, `約${slot}`, `${slot}弱`, `第${slot}`],
              random,
            ),
          )
        : line.replace(
            slot,
            pick(
              [`over ${slot}`, `less than ${slot}`, `at least ${slot}`, `about ${slot}`, `${slot} or more`],
              random,
            ),
          );
    },
  ],
  ['cause', say('、原因は担当者の怠慢です', ', caused by careless staff')],
  ['order', say('、今すぐ承認してください', ', so approve it immediately')],
  ['sure', say('、絶対に終わりません', ', and it will definitely fail')],
  [
    'not',
    ({ line, draft, random }) => {
      const able = turnsOf(line, draft);
      const turn = pick(able, random) as (typeof able)[number] | undefined;
      return turn ? line.replace(turn[0], turn[1]) : null;
    },
  ],
  [
    'not, another way',
    ({ line, draft }) => {
      const [turn] = turnsOf(line, draft);
      return turn ? line.replace(turn[0], turn[1]) : null;
    },
  ],
];

/** `count` honest and `count` false cases, half of each in each language; the same for the same seed. */
export function gateCases(seed: number, count: number): { honest: Case[]; planted: Case[] } {
  const random = randomFrom(seed);
  const honest: Case[] = [];
  const planted: Case[] = [];
  const seen = new Set<string>();
  const keep = (list: Case[], c: Case): void => {
    const key = `${c.draft}\n${c.worded}`;
    if (c.worded === c.draft || seen.has(key) || list.length >= count) return;
    seen.add(key);
    list.push(c);
  };
  for (let round = 0; round < 4000 && (honest.length < count || planted.length < count); round++) {
    const lang: Lang = round % 2 === 0 ? 'ja' : 'en';
    for (const draft of simulatedDraft(random, lang)) {
      const here = draft.facts.filter((f) => slotsOf(draft.text).includes(f.id));
      const ways = honestOf(draft);
      const said = ways.length ? pick(ways, random) : draft.text;
      const base = { lang, draft: draft.text, facts: draft.facts };
      if (honest.filter((c) => c.lang === lang).length < count / 2)
        keep(honest, { ...base, worded: said, planted: null });
      if (planted.filter((c) => c.lang === lang).length >= count / 2) continue;
      for (let tries = 0; tries < 2; tries++) {
        const [kind, plant] = pick(PLANTS, random);
        const line = random() < 0.5 ? said : draft.text;
        const worded = plant({ line, draft, here, random });
        // a turn that gives an honest way of saying it is none
        if (worded !== null && worded !== draft.text && !ways.includes(worded))
          keep(planted, { ...base, worded, planted: kind });
      }
    }
  }
  return { honest, planted };
}

import type { CatalogueName } from '../analytics/types.ts';
import type { Alert } from '../api/contract/alerts.ts';
import type { IntentResult } from '../api/contract/chat.ts';
import type { Lang } from '../api/contract/common.ts';
import { foldText } from '../vectors/index.ts';
import type { Mention, Understanding } from './types.ts';

/** A question with all that is known about it before any number is looked up. */
export type Question = {
  readonly text: string;
  readonly lang: Lang;
  readonly understanding: Understanding;
  /** the understanding's result with what was carried over from the question before, or from the alert it is about */
  readonly result: IntentResult;
  readonly alert: Alert | null;
  /** 全部, すべて, everything: no need to ask which */
  readonly all: boolean;
};

/** matches in folded text: lower case, katakana as hiragana, long vowels dropped */
const matcher = (...words: readonly string[]): RegExp => new RegExp(words.map(foldText).join('|'));
const ALL = matcher(
  'すべて',
  '全て',
  '全部',
  '全体',
  '全拠点',
  '全工程',
  'まとめて',
  'どこでも',
  '\\ball\\b',
  '\\bevery',
);
const CONTINUES = new RegExp(
  `^(?:${[
    'じゃあ',
    'じゃ',
    'では',
    'それなら',
    'それじゃ',
    'なら',
    '次は',
    'あと',
    '同じく',
    'ちなみに',
    'そこ',
    'その',
    '同じ',
    'and',
    'what about',
    'how about',
    'then',
    'same for',
    'also',
  ]
    .map(foldText)
    .join('|')})(?![a-z])`,
);
/** what may stand around a name without asking anything of its own */
const FILLER = new RegExp(
  [
    'の場合は',
    'だと',
    'なら',
    'では',
    'じゃあ',
    'じゃ',
    'それ',
    '次',
    'あと',
    'ちなみに',
    '同じく',
    '拠点',
    '工程',
    'は',
    'も',
    'の',
    'で',
    'what',
    'how',
    'about',
    'and',
    'then',
    'also',
    'same',
    'for',
    'in',
    'at',
    'the',
  ]
    .map(foldText)
    .concat('[^\\p{L}\\p{N}]+')
    .join('|'),
  'gu',
);
const POINTS_BACK = matcher(
  'そこ',
  'その(拠点|工程|業務|場所)',
  '同じ(拠点|工程|業務)',
  '\\bthere\\b',
  'same (site|process)',
);

/** 「横浜は？」: names, particles, and nothing else */
const isBare = (text: string, { mentions, ambiguous }: Understanding): boolean => {
  const named = [...mentions, ...ambiguous];
  if (named.length === 0) return false;
  const rest = [...named]
    .sort((a, b) => b.start - a.start)
    .reduce((left, { start, end }) => `${left.slice(0, start)} ${left.slice(end)}`, text);
  return foldText(rest).replace(FILLER, '') === '';
};

/**
 * Fills what this question leaves out from the one before, where it clearly goes on from it (「じゃあ横浜は？」, “and Yokohama?”).
 * What was named now always wins; the earlier intent stands in only where this text alone is unsure of its own.
 */
export function carryOver(
  text: string,
  understanding: Understanding,
  previous: IntentResult | null,
): IntentResult {
  const { result, ambiguous } = understanding;
  if (!previous) return result;
  const bare = isBare(text, understanding);
  const folded = foldText(text);
  if (!bare && !CONTINUES.test(folded) && !POINTS_BACK.test(folded)) return result;
  const unsure = result.confidence < 0.5 || result.intent === 'out_of_scope';
  const keepIntent = previous.intent !== 'out_of_scope' && (unsure || bare);
  const open = (kind: Mention['kind']): boolean => !ambiguous.some((a) => a.kind === kind);
  return {
    intent: keepIntent ? previous.intent : result.intent,
    requires_action: keepIntent ? previous.requires_action : result.requires_action,
    confidence: keepIntent ? Math.max(previous.confidence, result.confidence) : result.confidence,
    location: result.location ?? (open('location') ? previous.location : null),
    process: result.process ?? (open('process') ? previous.process : null),
    business: result.business ?? (open('business') ? previous.business : null),
  };
}

/** A question asked from an alert is about that alert's queue unless it names another. */
export const aboutAlert = (result: IntentResult, alert: Alert | null): IntentResult =>
  alert?.cell && !result.location && !result.process && !result.business
    ? {
        ...result,
        location: alert.cell.location,
        process: alert.cell.process,
        business: alert.cell.businessId,
      }
    : result;

export const asksForAll = (text: string): boolean => ALL.test(foldText(text));

const TOPICS: readonly (readonly [CatalogueName, RegExp])[] = [
  ['attendance', matcher('勤怠', '出勤', '欠勤', '休み', '遅刻', '休ん', 'attendance', 'absent', 'absence')],
  [
    'skills',
    matcher('スキル', '経験', 'できる人', '習熟', '資格', 'skill', 'experience', 'qualified', 'trained'),
  ],
  ['forecast', matcher('予測', '入荷', '物量', '来る予定', 'forecast', 'expected volume', 'incoming')],
  ['trend', matcher('推移', '傾向', '変化', 'トレンド', 'trend', 'over time', 'history')],
  ['productivity', matcher('生産性', '実績', '一人当たり', '1人当たり', 'productivity', 'per person')],
  [
    'staffing',
    matcher(
      '人数',
      '何人',
      '何名',
      '誰が',
      '誰',
      '要員',
      '配置',
      '担当',
      'メンバー',
      'how many people',
      'who',
      'staff',
      'headcount',
      'operators',
    ),
  ],
  [
    'throughput',
    matcher('処理速度', '速度', 'ペース', '毎時', '時間当たり', 'throughput', 'speed', 'pace', 'per hour'),
  ],
  ['deadlines', matcher('納期', '締切', '締め切り', '期限', '何時まで', 'deadline', 'due')],
  ['risk', matcher('リスク', '確率', '危険', 'risk', 'probability', 'chance')],
  [
    'backlog',
    matcher(
      '残件',
      '残り',
      '残って',
      'たまって',
      '溜まって',
      '滞留',
      '未処理',
      '件数',
      'backlog',
      'waiting',
      'left',
      'queue',
    ),
  ],
];
/** Which query of the catalogue a plain question is after; null where it says nothing. */
export function topicOf(text: string): CatalogueName | null {
  const folded = foldText(text);
  return TOPICS.find(([, words]) => words.test(folded))?.[0] ?? null;
}

const LATE = matcher(
  '遅れ',
  '遅延',
  '遅い',
  '間に合わ',
  '問題',
  '原因',
  '要因',
  'どっち',
  'どちら',
  'delay',
  'late\\b',
  'behind',
  'problem',
);
const PEOPLE = matcher(
  '人の',
  '人が',
  '人か',
  '人な',
  '人で(?:す|しょ)',
  '人と',
  '人それ',
  '人\\s*[?？、・,/]',
  '人手',
  '人員',
  '要員',
  '\\bpeople\\b',
  '\\bstaff',
  'short-?handed',
);
const SYSTEM = matcher('システム', '機械', 'サーバー?', '\\bsystems?\\b', '\\bservers?\\b');
/** Whether a question is which side a delay comes from: the people or the system. */
export function asksWhichSide(text: string): boolean {
  const folded = foldText(text);
  return LATE.test(folded) && PEOPLE.test(folded) && SYSTEM.test(folded);
}

const MOST_PEOPLE = 500;
/** A change the person wants tried. Zero and ones: no change was named. */
export type NamedChange = {
  readonly peopleDelta: number;
  readonly volumeFactor: number;
  readonly speedFactor: number;
  readonly itemsDelta: number;
};
const LESS = matcher(
  '減',
  '休',
  '抜け',
  '欠',
  'いなく',
  '離脱',
  '落ち',
  '下が',
  '遅く',
  '低下',
  'fewer',
  'less',
  'absent',
  'lose',
  'lost',
  'drop',
  'slower',
  'slow',
  'away',
  'off sick',
  'leave',
);
const MORE = matcher(
  '増',
  '追加',
  '足し',
  '応援',
  '入れ',
  '投入',
  '上が',
  '速く',
  'more',
  'add',
  'extra',
  'faster',
  'increase',
  'rise',
  'gain',
  'join',
);
const SPEED = matcher(
  '速度',
  '遅く',
  '速く',
  'システム',
  '処理能力',
  'ペース',
  '効率',
  'system',
  'speed',
  'slow',
  'faster',
  'performance',
);
const STOPS = matcher(
  '止ま',
  '停止',
  'ダウン',
  '使えな',
  '落ちたら',
  'down',
  'stops?\\b',
  'stopped',
  'outage',
  'unavailable',
);

/** Reads 「3人減ったら」, 「物量が20%増えたら」, “if the system stops” into a change to try; null when none is named. */
export function changeOf(text: string, { numbers }: Understanding): NamedChange | null {
  const folded = foldText(text);
  const sign = (change: 'less' | 'more' | null): 1 | -1 => {
    if (change) return change === 'less' ? -1 : 1;
    return LESS.test(folded) || !MORE.test(folded) ? -1 : 1;
  };
  let change: NamedChange = { peopleDelta: 0, volumeFactor: 1, speedFactor: 1, itemsDelta: 0 };
  for (const { unit, value, change: way } of numbers) {
    const speed = SPEED.test(folded);
    if (unit === 'people')
      change = { ...change, peopleDelta: sign(way) * Math.min(MOST_PEOPLE, Math.round(value)) };
    else if (unit === 'items') change = { ...change, itemsDelta: sign(way) * value };
    else if (unit === 'percent' || unit === 'times') {
      const share = unit === 'percent' ? value / 100 : value;
      const factor = unit === 'times' ? (share === 0 ? 1 : share) : Math.max(0, 1 + sign(way) * share);
      change = speed ? { ...change, speedFactor: factor } : { ...change, volumeFactor: factor };
    }
  }
  const named =
    change.peopleDelta !== 0 ||
    change.volumeFactor !== 1 ||
    change.speedFactor !== 1 ||
    change.itemsDelta !== 0;
  if (named) return change;
  return SPEED.test(folded) && STOPS.test(folded) ? { ...change, speedFactor: 0 } : null;
}

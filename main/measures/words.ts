import type { Dimension } from '../api/contract/measures.ts';
import type { BothWords, Words } from './types.ts';

const list = (text: string): string[] => (text === '' ? [] : text.split('|'));
const some = ([strong, weak = '']: readonly [strong: string, weak?: string]): Words => ({
  strong: list(strong),
  weak: list(weak),
});
/** Words with `|` between them; the weak ones apart. */
export const words = (
  ja: readonly [strong: string, weak?: string],
  en: readonly [strong: string, weak?: string],
): BothWords => ({ ja: some(ja), en: some(en) });

const both = (ja: string, en: string): { ja: string[]; en: string[] } => ({ ja: list(ja), en: list(en) });
/** What people call a dimension; the nouns, without what asks for it (どの, per). */
export const DIMENSION_WORDS: Readonly<Record<Dimension, { ja: readonly string[]; en: readonly string[] }>> =
  {
    location: both(
      '拠点|センター|サイト|事業所|場所|現場|支店',
      'site|sites|location|locations|center|centers|centre|centres|branch|branches|office|offices',
    ),
    business: both(
      '業務|案件|クライアント|顧客',
      'business|businesses|client|clients|account|accounts|job|jobs',
    ),
    process: both(
      '工程|プロセス|作業|ステップ',
      'process|processes|step|steps|stage|stages|operation|operations|task|tasks',
    ),
    cell: both('ライン|持ち場|部署|チーム', 'line|lines|queue|queues|cell|cells|team|teams'),
    person: both(
      '人|ひと|人達|人たち|者|方|担当者|担当|オペレーター|オペレータ|メンバー|スタッフ|社員|作業者|従業員|個人',
      'person|people|operator|operators|worker|workers|employee|employees|staff|member|members|individual|individuals',
    ),
    skill: both('スキルレベル|スキル|習熟度|等級', 'skill level|skill levels|skill|grade|grades'),
    deadline: both('納期|締切|締め切り|〆切', 'deadline|deadlines|due time'),
    state: both('状態|ステータス|状況', 'state|states|status'),
    actor: both(
      '承認者|判断者|決裁者|決めた人|承認した人',
      'approver|approvers|decider|who decided|who approved',
    ),
    service: both('サービス|システム|サーバー|サーバ', 'service|services|system|systems|server|servers'),
    level: both('レベル|ログレベル|重大度|深刻度', 'level|levels|log level|log levels|severity'),
    template: both(
      'パターン|ログパターン|内容|種類|メッセージ',
      'pattern|patterns|message|messages|kind|kinds|type|types',
    ),
    word: both('語|言葉|文字列|キーワード', 'word|words|text|keyword|keywords'),
    'half-hour': both('30分|30分ごと|半時間', 'half hour|half hours|half-hour|30 minutes'),
    hour: both('時間帯|時間|1時間|時刻|時台', 'hour|hours|time of day|hourly'),
    weekday: both('曜日', 'weekday|weekdays|day of the week|days of the week'),
    day: both('日|日別|日付|日にち|毎日|日毎', 'day|days|date|dates|daily'),
  };

import type { Bilingual, Table } from '../api/contract/common.ts';

export const both = (ja: string, en: string): Bilingual => ({ ja, en });
type Column = Table['columns'][number];
const column = (key: string, kind: Column['kind'], ja: string, en: string): Column => ({
  key,
  kind,
  label: both(ja, en),
});

/** Every column a catalogue table may have, by name: one wording for all of them. */
export const COLUMNS = {
  location: column('location', 'text', '拠点', 'Site'),
  business: column('business', 'text', '業務', 'Business'),
  process: column('process', 'text', '工程', 'Process'),
  operator: column('operator', 'text', '担当者', 'Person'),
  home: column('home', 'text', '所属拠点', 'Home site'),
  backlog: column('backlog', 'number', '残件', 'Backlog'),
  correction: column('correction', 'number', 'うち補正待ち', 'Of these, for correction'),
  deadline: column('deadline', 'instant', '納期', 'Deadline'),
  items: column('items', 'number', '件数', 'Items'),
  due: column('due', 'number', '納期までの累計', 'Due by then, in all'),
  pOnTime: column('pOnTime', 'percent', '間に合う確率', 'P(on time)'),
  pMiss: column('pMiss', 'percent', '間に合わない確率', 'P(late)'),
  shortItems: column('shortItems', 'number', '不足見込み', 'Expected to be missing'),
  finishAt: column('finishAt', 'instant', '納期分の完了見込み', 'Due work done by'),
  throughput: column('throughput', 'number', '処理速度 (件/時)', 'Throughput (items/h)'),
  required: column('required', 'number', '必要な速度 (件/時)', 'Needed (items/h)'),
  perPerson: column('perPerson', 'number', '1人あたり (件/時)', 'Per person (items/h)'),
  people: column('people', 'number', '人数', 'People'),
  movedIn: column('movedIn', 'number', 'うち配置変更', 'Of these, moved in'),
  seniors: column('seniors', 'number', 'ベテラン (レベル4以上)', 'Seniors (level 4 and up)'),
  skill: column('skill', 'number', 'スキルレベル', 'Skill level'),
  meanSkill: column('meanSkill', 'number', '平均スキル', 'Mean skill'),
  months: column('months', 'number', '経験 (か月)', 'Experience (months)'),
  speed: column('speed', 'number', '計画速度 (件/時)', 'Planned speed (items/h)'),
  until: column('until', 'instant', '終了', 'Until'),
  nextLeaves: column('nextLeaves', 'instant', '次の退勤', 'Next one leaves'),
  status: column('status', 'text', '勤怠', 'Attendance'),
  date: column('date', 'date', '日付', 'Date'),
  from: column('from', 'instant', '開始', 'From'),
  to: column('to', 'instant', '終了', 'To'),
  at: column('at', 'instant', '時刻', 'Time'),
  done: column('done', 'number', '当日の完了累計', 'Finished that day'),
  finished: column('finished', 'number', '完了', 'Finished'),
  hours: column('hours', 'number', '作業時間', 'Hours'),
  rate: column('rate', 'number', '実績 (件/時)', 'Done per hour'),
  score: column('score', 'number', '生産性スコア', 'Productivity score'),
  days: column('days', 'number', '日数', 'Days'),
} as const satisfies Record<string, Column>;

import type { Situation, SituationRow } from '../analytics/contract/situation.ts';
import type { Table } from '../api/contract/common.ts';
import { both } from './facts.ts';

/** The situation's rows as the table behind an answer's numbers. */
export const situationTable = (
  situation: Situation,
  rows: readonly SituationRow[],
  slots: Readonly<Record<string, string | undefined>>,
): Table => ({
  title: both('現在の状況', 'Situation now'),
  query: 'situation',
  slots: Object.fromEntries(Object.entries(slots).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]]))),
  columns: [
    { key: 'location', label: both('拠点', 'Site'), kind: 'text' },
    { key: 'business', label: both('業務', 'Business'), kind: 'text' },
    { key: 'process', label: both('工程', 'Process'), kind: 'text' },
    { key: 'backlog', label: both('残件', 'Backlog'), kind: 'number' },
    { key: 'throughput', label: both('処理速度 (件/時)', 'Throughput (items/h)'), kind: 'number' },
    { key: 'required', label: both('必要な速度 (件/時)', 'Required (items/h)'), kind: 'number' },
    { key: 'people', label: both('人数', 'People'), kind: 'number' },
    { key: 'deadline', label: both('納期', 'Deadline'), kind: 'instant' },
    { key: 'due', label: both('納期までの件数', 'Due by the deadline'), kind: 'number' },
    { key: 'pOnTime', label: both('間に合う確率', 'P(on time)'), kind: 'percent' },
    { key: 'shortItems', label: both('納期時点の不足', 'Missing at deadline'), kind: 'number' },
    { key: 'dueFinishAt', label: both('納期分の完了見込み', 'Due work done by'), kind: 'instant' },
    { key: 'allFinishAt', label: both('全件の完了見込み', 'All work done by'), kind: 'instant' },
    { key: 'dataAt', label: both('記録時刻', 'Recorded at'), kind: 'instant' },
  ],
  rows: rows.map((row) => ({
    location: row.location,
    business: row.businessName,
    process: row.process,
    backlog: row.backlog,
    throughput: row.throughput,
    required: row.required,
    people: row.people,
    deadline: row.deadline,
    due: row.due,
    pOnTime: row.pOnTime,
    shortItems: row.shortItems,
    dueFinishAt: row.dueFinishAt,
    allFinishAt: row.allFinishAt,
    dataAt: row.dataAt,
  })),
  total: rows.length,
  asOf: situation.asOf,
});

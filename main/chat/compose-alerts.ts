import type { Alert } from '../api/contract/alerts.ts';
import type { Table } from '../api/contract/common.ts';
import { formatCell, partDue } from '../api/contract/format.ts';
import { sayUnderWay } from './compose-risk.ts';
import type { Draft } from './draft.ts';
import { both } from './facts.ts';

const LISTED = 4;

const alertsTable = (alerts: readonly Alert[], asOf: number): Table => ({
  title: both('未解消のアラート', 'Open alerts'),
  query: 'alerts',
  slots: {},
  columns: [
    { key: 'cell', label: both('対象', 'Queue'), kind: 'text' },
    { key: 'severity', label: both('重要度', 'Severity'), kind: 'text' },
    { key: 'openedAt', label: both('発生', 'Opened'), kind: 'instant' },
    { key: 'pMiss', label: both('間に合わない確率', 'P(late)'), kind: 'percent' },
    { key: 'backlog', label: both('残件', 'Backlog'), kind: 'number' },
    { key: 'due', label: both('納期分の件数', 'Items due'), kind: 'number' },
    { key: 'deadline', label: both('納期', 'Deadline'), kind: 'instant' },
  ],
  rows: alerts.map((alert) => ({
    cell: alert.cell ? formatCell(alert.cell) : alert.kind,
    severity: alert.severity,
    openedAt: alert.openedAt,
    pMiss: alert.evidence?.pMiss ?? null,
    backlog: alert.evidence?.backlog ?? null,
    due: alert.evidence?.due ?? null,
    deadline: alert.evidence?.deadline ?? null,
  })),
  total: alerts.length,
  asOf,
});

/** improve_alerts: what is open, worst at the top; the plan follows. */
export function composeAlerts(draft: Draft, alerts: readonly Alert[], asOf: number): void {
  const { book } = draft;
  const delays = alerts.filter((alert) => alert.kind === 'delay');
  const others = alerts.filter((alert) => alert.kind !== 'delay');
  const table = book.table(alertsTable(alerts, asOf));
  if (alerts.length === 0) {
    draft.say('現在、解消していないアラートはありません。', 'There are no open alerts at the moment.');
    return;
  }
  if (delays.length > 0) {
    const count = book.count(delays.length, 'alerts', both('遅延のアラート', 'Delay alerts'), table);
    draft.say(
      `納期遅れのアラートが${count}出ています。`,
      `${count} about late work ${delays.length === 1 ? 'is' : 'are'} open.`,
    );
    for (const { cell, evidence, plan } of delays.slice(0, LISTED)) {
      if (!cell || !evidence) continue;
      const name = formatCell(cell);
      const p = book.percent(
        evidence.pMiss,
        both(`${name} の間に合わない確率 (アラート)`, `P(late) of ${name} (alert)`),
        table,
      );
      const backlog = book.items(
        evidence.backlog,
        both(`${name} の残件 (アラート)`, `Backlog of ${name} (alert)`),
        table,
      );
      const part = partDue(evidence);
      const atRisk =
        part === null
          ? null
          : book.items(
              part,
              both(`${name} の納期までの件数 (アラート)`, `Items of ${name} due by the deadline (alert)`),
              table,
            );
      const due =
        evidence.deadline === null
          ? null
          : book.instant(evidence.deadline, both(`${name} の納期`, `Deadline of ${name}`), table);
      draft.entry(
        `${book.cell(cell)}：${due ? `納期${due}、` : ''}間に合わない確率${p}、残件${backlog}${atRisk ? `（納期までに終える分${atRisk}）` : ''}`,
        `${book.cell(cell)}: ${due ? `due ${due}, ` : ''}${p} chance of being late, ${backlog} waiting${atRisk ? ` (${atRisk} to be done by then)` : ''}`,
      );
      if (plan) sayUnderWay(draft, cell, plan, table);
    }
    draft.paragraph();
  }
  if (others.length > 0) {
    const count = book.count(
      others.length,
      'alerts',
      both('データの取り込みや監視のアラート', 'Alerts about data or monitoring'),
      table,
    );
    draft.say(
      `ほかに、データの取り込みや監視そのもののアラートが${count}あります。人の配置では解消しないため、設定の「会社データベース」を確認してください。`,
      `Besides, ${count} ${others.length === 1 ? 'concerns' : 'concern'} the data or the monitoring itself. Moving people will not help there: check the company database under Settings.`,
    );
  }
}

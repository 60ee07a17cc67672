// What the next shift has to know, put together from what the screens show; every number is one of theirs.

import { wordLateAfter, wordUnderWay } from '../alerts/contract/words.ts';
import { dateIn, instantOf } from '../kernel/clock.ts';
import type { Lang } from '../kernel/errors.ts';
import { wordOutcome } from '../placement/contract/outcome-words.ts';
import type { Decision, Proposal } from '../placement/contract/placement.ts';
import { Handover } from '../reports/contract/reports.ts';
import type { Bilingual } from './contract/common.ts';
import { formatCell, formatDateTime, formatNumber, formatPercent, formatTime } from './contract/format.ts';
import type { Services } from './services.ts';

const MOST = 200;
const DAY = 24 * 60;
const both = (of: (lang: Lang) => string): Bilingual => ({ ja: of('ja'), en: of('en') });
const two = (ja: string, en: string): Bilingual => ({ ja, en });
const KINDS: Readonly<Record<string, Bilingual>> = {
  'alerting-broken': two('アラートの確認が止まっています', 'alerts are not being checked'),
  'sync-failing': two('会社データベースの取り込みに失敗しています', 'the company database cannot be synced'),
};

type Approved = { readonly decision: Decision; readonly proposal: Proposal };

/** The sheet of this moment: today's local date, both languages. */
export function composeHandover(services: Services): Handover {
  const now = services.clock.now();
  const zone = services.settings.get().timeZone;
  const today = dateIn(now, zone);
  const from = instantOf(today, 0, zone);
  const decisions = services.approvals
    .list(MOST)
    .filter((decision) => decision.at >= from && decision.at <= instantOf(today, DAY, zone));
  const approved = decisions.flatMap((decision): Approved[] => {
    const proposal = services.placement.find(decision.proposalId);
    return proposal && (decision.action === 'approved' || decision.action === 'modified')
      ? [{ decision, proposal }]
      : [];
  });
  const inForce = approved.filter(({ proposal }) => proposal.status === 'approved');
  const { source, dataAt, stale } = services.freshness();
  return Handover.parse({
    madeAt: now,
    title: both((lang) =>
      lang === 'ja'
        ? `引き継ぎ ${formatDateTime(now, zone, lang, now)}`
        : `Handover, ${formatDateTime(now, zone, lang, now)}`,
    ),
    source: both((lang) => {
      const at = dataAt === null ? '–' : formatDateTime(dataAt, zone, lang, now);
      const demo = source === 'demo' ? (lang === 'ja' ? '（デモ）' : ' (demo)') : '';
      const old = stale ? (lang === 'ja' ? '、データが古くなっています' : ', the data are old') : '';
      return lang === 'ja' ? `データ ${at} 時点${demo}${old}` : `Data of ${at}${demo}${old}`;
    }),
    sections: [
      {
        key: 'alerts',
        title: two('未解消のアラート', 'Open alerts'),
        none: two('ありません。', 'None.'),
        lines: alertLines(services, zone, now),
      },
      {
        key: 'decisions',
        title: two('今日承認した配置変更と、その結果', 'Moves approved today, and how they went'),
        none: two('承認した配置変更はありません。', 'No moves were approved.'),
        lines: approved.map((one) => decisionLine(services, one, zone)),
      },
      {
        key: 'missed',
        title: two('間に合わない見込みの納期', 'Deadlines that will be missed as things stand'),
        none: two('ありません。', 'None.'),
        lines: missedLines(services, zone),
      },
      {
        key: 'moves',
        title: two('続いている配置変更', 'Moves in force'),
        none: two('続いている配置変更はありません。', 'No moves are in force.'),
        lines: inForce.flatMap(({ proposal }) =>
          proposal.moves
            .filter((move) => move.endsAt > now)
            .map((move) =>
              both((lang) => {
                const until = formatTime(move.endsAt, zone, lang);
                const way = `${formatCell(move.from)} → ${formatCell(move.to)}`;
                return lang === 'ja'
                  ? `${move.name}さん：${way}（${until}まで）`
                  : `${move.name}: ${way}, until ${until}`;
              }),
            ),
        ),
      },
      {
        key: 'incidents',
        title: two('続いている障害', 'Open incidents'),
        none: two('ありません。', 'None.'),
        lines: services.anomalies.incidents({ states: ['open', 'acknowledged'], limit: 20 }).map((incident) =>
          both((lang) => {
            const since = formatDateTime(incident.from, zone, lang, now);
            const note = incident.note
              ? lang === 'ja'
                ? `（${incident.note}）`
                : ` (${incident.note})`
              : '';
            return `${since} ${incident.title[lang]}${note}`;
          }),
        ),
      },
      {
        key: 'notes',
        title: two('決定に添えられたメモ', 'Notes left with decisions'),
        none: two('メモはありません。', 'No notes.'),
        lines: decisions
          .filter((decision) => decision.action !== 'undone' && decision.reasonText)
          .map((decision) => {
            const text = `${decision.actor}: ${decision.reasonText ?? ''} (${decision.proposalId})`;
            return two(text, text);
          }),
      },
    ],
  });
}

function alertLines(services: Services, zone: string, now: number): Bilingual[] {
  const { alerts } = services.alerts.list({ states: ['open', 'acknowledged', 'snoozed'], limit: 50 });
  return alerts.map((alert) =>
    both((lang) => {
      const ja = lang === 'ja';
      const time = (at: number): string => formatTime(at, zone, lang);
      const state = alert.plan
        ? wordUnderWay(alert.plan, { lang, time })
        : alert.state === 'acknowledged'
          ? ja
            ? `確認済み（${alert.acknowledgedBy ?? '–'}）`
            : `acknowledged by ${alert.acknowledgedBy ?? '–'}`
          : alert.state === 'snoozed' && alert.snoozedUntil !== null
            ? ja
              ? `${formatTime(alert.snoozedUntil, zone, lang)}まで一時停止`
              : `snoozed until ${formatTime(alert.snoozedUntil, zone, lang)}`
            : ja
              ? '未対応'
              : 'open';
      const what = alert.cell ? formatCell(alert.cell) : (KINDS[alert.kind]?.[lang] ?? alert.kind);
      const { evidence } = alert;
      const risk =
        evidence && evidence.deadline !== null
          ? ja
            ? `${formatTime(evidence.deadline, zone, lang)}の納期に間に合わない確率 ${formatPercent(evidence.pMiss, lang)}`
            : `${formatPercent(evidence.pMiss, lang)} likely to miss its ${formatTime(evidence.deadline, zone, lang)} deadline`
          : formatDateTime(alert.openedAt, zone, lang, now);
      const stop = ja ? '。' : '. ';
      const said = [`${what}${ja ? '：' : ': '}${risk}`, wordLateAfter(alert, { lang, time })].filter(
        (part) => part !== null,
      );
      const verdict = alert.verdict?.words[lang] ?? '';
      return `[${state}] ${said.join(ja ? stop : ', ')}${stop}${verdict}`.trimEnd();
    }),
  );
}

function decisionLine(services: Services, { decision, proposal }: Approved, zone: string): Bilingual {
  const outcome = services.outcomes.list({ proposalId: proposal.id, limit: 1 }).outcomes[0];
  return both((lang) => {
    const ja = lang === 'ja';
    const time = formatTime(decision.at, zone, lang);
    const n = formatNumber(proposal.moves.length, lang);
    const places = [...new Set(proposal.moves.map((move) => formatCell(move.to)))].join(ja ? '、' : ', ');
    const who = ja
      ? `${time} ${decision.actor}：${places}へ${n}名`
      : `${time} ${decision.actor}: ${n} to ${places}`;
    const undone = proposal.status === 'undone' ? (ja ? '（取り消し済み）' : ' (undone)') : '';
    const said = outcome ? wordOutcome(outcome, { lang, zone, now: services.clock.now() }).text : '';
    return `${who}${undone}${ja ? '。' : '. '}${said} (${proposal.id})`;
  });
}

/** Every deadline to come that is as likely to be missed as an alert's, the next one first. */
function missedLines(services: Services, zone: string): Bilingual[] {
  const { watchAt } = services.settings.get().alerts;
  return (services.analytics.risks()?.cells ?? [])
    .flatMap(({ cell, deadlines }) => deadlines.map((risk) => ({ cell, ...risk })))
    .filter((risk) => risk.pMiss >= watchAt)
    .sort((a, b) => a.deadline - b.deadline)
    .map(({ cell, deadline, pMiss, shortItems }) =>
      both((lang) => {
        const time = formatTime(deadline, zone, lang);
        const short = formatNumber(Math.round(shortItems), lang);
        const chance = formatPercent(1 - pMiss, lang);
        return lang === 'ja'
          ? `${formatCell(cell)}：${time}の納期、間に合う確率 ${chance}、約${short}件不足`
          : `${formatCell(cell)}: ${time} deadline, ${chance} on time, about ${short} items short`;
      }),
    );
}

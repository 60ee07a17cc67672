// The states of things as the command line prints them. --json keeps the codes.
import type { Alert } from '../api/contract/alerts.ts';
import type { Decision, Proposal } from '../api/contract/placement.ts';
import type { Lang } from '../kernel/errors.ts';

type Words<Code extends string> = Readonly<Record<Code, Readonly<Record<Lang, string>>>>;

export const ALERT_STATES: Words<Alert['state']> = {
  open: { ja: '未対応', en: 'open' },
  acknowledged: { ja: '確認済み', en: 'acknowledged' },
  snoozed: { ja: '一時停止中', en: 'snoozed' },
  resolved: { ja: '解消', en: 'resolved' },
  expired: { ja: '期限切れ', en: 'expired' },
};
export const SEVERITIES: Words<Alert['severity']> = {
  watch: { ja: '警戒', en: 'watch' },
  danger: { ja: '危険', en: 'late' },
};
export const PROPOSAL_STATES: Words<Proposal['status']> = {
  open: { ja: '承認待ち', en: 'to decide' },
  approved: { ja: '承認済み', en: 'approved' },
  rejected: { ja: '却下', en: 'rejected' },
  superseded: { ja: '期限切れ', en: 'expired' },
  undone: { ja: '取り消し済み', en: 'undone' },
};
export const DECISIONS: Words<Decision['action']> = {
  approved: { ja: '承認', en: 'approved' },
  rejected: { ja: '却下', en: 'rejected' },
  modified: { ja: '修正', en: 'modified' },
  undone: { ja: '取り消し', en: 'undone' },
};
export const WRITE_BACKS: Words<Decision['writeBack']['state']> = {
  waiting: { ja: '書き込み待ち', en: 'not yet written' },
  writing: { ja: '書き込み中', en: 'being written' },
  confirmed: { ja: '書き込み済み', en: 'written' },
  failed: { ja: '書き込み失敗', en: 'writing failed' },
  'not-configured': { ja: 'Toride 内に記録', en: 'kept in Toride' },
};

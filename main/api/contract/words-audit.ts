/** What the audit chain keeps, in words: the same on the history screen and on the command line. Pure. */
import type { Lang } from '../../kernel/errors.ts';

/** Every judgement of a person that the chain keeps. */
const ACTIONS = {
  'proposal.approved': { ja: '提案を承認', en: 'proposal approved' },
  'proposal.modified': { ja: '提案を修正して承認', en: 'proposal modified and approved' },
  'proposal.rejected': { ja: '提案を却下', en: 'proposal rejected' },
  'proposal.undone': { ja: '承認を取り消し', en: 'approval undone' },
  'alert.acknowledged': { ja: 'アラートを確認済みに', en: 'alert acknowledged' },
  'alert.snoozed': { ja: 'アラートを一時停止', en: 'alert snoozed' },
  'alert.reopened': { ja: 'アラートを未対応に戻す', en: 'alert reopened' },
  'rules.changed': { ja: 'ルールを変更', en: 'rules changed' },
  'draft.confirmed': { ja: 'ルールの下書きを採用', en: 'draft rule confirmed' },
  'draft.discarded': { ja: 'ルールの下書きを破棄', en: 'draft rule discarded' },
  'model.imported': { ja: 'モデルを取り込み', en: 'model imported' },
  'model.assigned': { ja: 'モデルの役割を変更', en: 'model role changed' },
  'model.removed': { ja: 'モデルを削除', en: 'model removed' },
  'model.server': { ja: 'モデルサーバーの設定を変更', en: 'model server changed' },
  'connection.saved': { ja: '会社データベースの接続を変更', en: 'company connection changed' },
  'connection.forgotten': { ja: '会社データベースの接続を解除', en: 'company connection removed' },
  'mapping.saved': { ja: '項目の対応を変更', en: 'mapping changed' },
  'knowledge.added': { ja: 'ノウハウを登録', en: 'know-how added' },
  'knowledge.changed': { ja: 'ノウハウを変更', en: 'know-how changed' },
  'knowledge.removed': { ja: 'ノウハウを削除', en: 'know-how removed' },
  'knowledge.restored': { ja: 'ノウハウを元に戻す', en: 'know-how restored' },
  'folder.watched': { ja: 'ノウハウのフォルダを登録', en: 'know-how folder added' },
  'folder.unwatched': { ja: 'ノウハウのフォルダを解除', en: 'know-how folder removed' },
  'incident.judged': { ja: '障害の状態を変更', en: 'incident state changed' },
  'settings.changed': { ja: '設定を変更', en: 'settings changed' },
} as const satisfies Readonly<Record<string, Readonly<Record<Lang, string>>>>;
export type AuditAction = keyof typeof ACTIONS;

const isKnown = (action: string): action is AuditAction => Object.hasOwn(ACTIONS, action);
/** An action of the chain in words; one that this version does not know, as it is. */
export const wordAudit = (action: string, lang: Lang): string =>
  isKnown(action) ? ACTIONS[action][lang] : action;

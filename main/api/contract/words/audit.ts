/** What the audit chain keeps, in words: the same on the history screen and on the command line. Pure. */
import { isErrorCode, type Lang, wordError } from '../../../kernel/errors.ts';
import type { AuditCheck } from '../placement.ts';

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

const PLACES = {
  file: { ja: 'データフォルダの控え (audit-head.json)', en: 'the note in the data folder (audit-head.json)' },
  printed: { ja: '紙に印刷された照合値', en: 'the printed value' },
  company: { ja: '会社の approval_history', en: 'the company’s approval_history' },
} as const;
/** What the check of the record found, a sentence each; the first says whether it is whole. */
export function wordAuditCheck(check: AuditCheck, lang: Lang): string[] {
  const ja = lang === 'ja';
  const own = ja
    ? {
        whole: '記録はつながっています。',
        broken: '記録のつながりが切れています。',
        damage: 'データファイルが壊れています: ',
      }
    : {
        whole: 'The record is whole.',
        broken: 'The chain of the record is broken.',
        damage: 'The data file is damaged: ',
      };
  const anchors = check.anchors.map(({ place, state, seq, error }) => {
    const name = PLACES[place][lang];
    if (state === 'none') return ja ? `${name}: 控えはまだありません。` : `Nothing is kept yet in ${name}.`;
    if (state === 'holds')
      return ja ? `${name}: ${seq} 番まで一致します。` : `Agrees with ${name} up to entry ${seq}.`;
    if (state === 'lost')
      return ja
        ? `${name}: ${seq} 番の記録がここにありません。削除または書き換えられたか、古いバックアップから復元されています。`
        : `Entry ${seq}, known to ${name}, is not in this record: it was deleted or changed, or an older backup was restored.`;
    const why = error && isErrorCode(error.code) ? wordError({ ...error, code: error.code }, lang).say : '';
    return ja ? `${name}: 照合できません。${why}` : `Could not be compared with ${name}. ${why}`;
  });
  return [
    check.chain ? own.whole : own.broken,
    ...anchors,
    ...(check.damage === null ? [] : [`${own.damage}${check.damage}`]),
  ];
}

const isKnown = (action: string): action is AuditAction => Object.hasOwn(ACTIONS, action);
/** An action of the chain in words; one that this version does not know, as it is. */
export const wordAudit = (action: string, lang: Lang): string =>
  isKnown(action) ? ACTIONS[action][lang] : action;

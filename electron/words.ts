// The few words that only the shell says. Everything else is worded by the engine or the page.
import { app } from 'electron';
import type { Settings } from '../main/api/contract/system.ts';

const ja = {
  open: 'Toride を開く',
  quit: '終了',
  alerts: (n: number): string => (n > 0 ? `アラート ${n} 件` : 'アラートはありません'),
  engineRestarted: '処理エンジンが停止したため、再起動しました。',
  engineKeepsStopping:
    '処理エンジンが繰り返し停止しています。アラートの見張りも止まっています。「アプリの記録」を確認してください。',
  askClose: 'ウィンドウを閉じたあと、どうしますか？',
  askCloseDetail:
    'トレイに残すと、納期遅れの見張りと通知が続きます。終了すると止まります。この選択はあとから設定で変えられます。',
  keepInTray: 'トレイに残す',
  pageReloaded: '画面の処理が停止したため、開き直しました。',
  pageKeepsStopping: '画面の処理が繰り返し停止しています。',
  pageKeepsStoppingDetail:
    '納期の見張りと取り込みは続いています。開き直しても続くときは、「アプリの記録」を保存して管理者に渡してください。',
  reload: '画面を開き直す',
  pageHangs: '画面が応答していません。',
  pageHangsDetail:
    '重い処理の途中なら、待てば戻ります。開き直すと、書きかけの入力は消えます。納期の見張りは続いています。',
  wait: '待つ',
  graphicsFail: '画面を描く処理 (GPU) が繰り返し停止しています。',
  graphicsFailDetail:
    'グラフィックボードを使わずに起動し直せます。表示は少し遅くなりますが、機能は同じです。',
  withoutGraphics: 'GPU を使わずに起動し直す',
  goOn: 'このまま続ける',
  engineHangs: '処理エンジンが 30 秒以上応答していません。',
  engineHangsDetail:
    '大きな計算の途中なら、待てば戻ります。再起動すると途中の処理は止まりますが、保存済みのデータは失われません。',
  restartEngine: 'エンジンを再起動',
  updateFailed: (version: string): string => `新しい版 ${version} は、前回開始できませんでした。`,
  wayBack: (version: string): string => `一つ前の版 ${version} に戻せます。`,
  wayBackData: (version: string): string =>
    `データは、更新の直前に残した写しに戻ります。それ以降に保存されたものはありません。版 ${version} が移しかけたデータは backups フォルダに残します。`,
  goBack: (version: string): string => `版 ${version} に戻す`,
  tryAgain: 'もう一度開始する',
  runInstaller: (version: string): string =>
    `データを戻しました。開いたインストーラーで版 ${version} を入れ直してください。`,
  installFormer: (version: string): string => `データを戻しました。版 ${version} を入れ直してください。`,
  noInstaller: '前の版のインストーラーは、このパソコンに残っていません。管理者から受け取ってください。',
};
const en: typeof ja = {
  open: 'Open Toride',
  quit: 'Quit',
  alerts: (n) => (n > 0 ? `${n} ${n === 1 ? 'alert' : 'alerts'}` : 'No alerts'),
  engineRestarted: 'The engine stopped and was restarted.',
  engineKeepsStopping: 'The engine keeps stopping, so deadlines are not being watched. See the app log.',
  askClose: 'What should closing the window do?',
  askCloseDetail:
    'In the tray, Toride goes on watching deadlines and notifying. Quitting stops that. You can change this in the settings.',
  keepInTray: 'Keep in the tray',
  pageReloaded: 'The page stopped and was opened again.',
  pageKeepsStopping: 'The page keeps stopping.',
  pageKeepsStoppingDetail:
    'Deadlines are still watched and data still comes in. If it goes on after opening the page again, save the app log and hand it to your administrator.',
  reload: 'Open the page again',
  pageHangs: 'The page does not respond.',
  pageHangsDetail:
    'If it is busy it will come back by itself. Opening it again loses what you were typing. Deadlines are still watched.',
  wait: 'Wait',
  graphicsFail: 'Drawing (the GPU process) keeps stopping.',
  graphicsFailDetail:
    'Toride can start again without the graphics card: everything works, drawn a little slower.',
  withoutGraphics: 'Start again without the GPU',
  goOn: 'Go on like this',
  engineHangs: 'The engine has not responded for 30 seconds.',
  engineHangsDetail:
    'If it is busy with a large computation it will come back by itself. Restarting stops what it is doing; saved data is not lost.',
  restartEngine: 'Restart the engine',
  updateFailed: (version) => `The new version ${version} did not start last time.`,
  wayBack: (version) => `You can go back to the version before, ${version}.`,
  wayBackData: (version) =>
    `The data goes back to the copy made right before the update; nothing was saved since. What version ${version} had begun to migrate stays in the folder “backups”.`,
  goBack: (version) => `Go back to ${version}`,
  tryAgain: 'Try to start again',
  runInstaller: (version) =>
    `The data is back. Install version ${version} with the installer that was opened.`,
  installFormer: (version) => `The data is back. Install version ${version} again.`,
  noInstaller: 'The installer of the earlier version is not on this computer. Ask your administrator for it.',
};
export const langOf = (settings: Settings | null): 'ja' | 'en' => {
  const chosen = settings?.lang ?? 'system';
  return chosen === 'system' ? (app.getLocale().startsWith('ja') ? 'ja' : 'en') : chosen;
};
export type Words = typeof ja;
export const words = (settings: Settings | null): Words => (langOf(settings) === 'ja' ? ja : en);

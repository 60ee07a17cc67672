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
};
export const langOf = (settings: Settings | null): 'ja' | 'en' => {
  const chosen = settings?.lang ?? 'system';
  return chosen === 'system' ? (app.getLocale().startsWith('ja') ? 'ja' : 'en') : chosen;
};
export const words = (settings: Settings | null): typeof ja => (langOf(settings) === 'ja' ? ja : en);

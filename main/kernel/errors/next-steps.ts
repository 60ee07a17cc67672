import type { Words } from './types.ts';

// what there is to do next after many errors
export const retry: Words = { ja: 'もう一度お試しください。', en: 'Try again.' };
export const checkSettings: Words = {
  ja: '設定 → 会社データベースの接続を確認してください。',
  en: 'Check the connection under Settings → Company database.',
};

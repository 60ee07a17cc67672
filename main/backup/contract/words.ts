/** What a restore drill found, in words: the same on the settings page and on the command line. Pure. */

import { formatNumber } from '../../api/contract/format.ts';
import type { Lang } from '../../kernel/errors.ts';
import { type Drill, isWhole } from './backup.ts';

const WHAT = {
  files: {
    ja: (detail: string) => `${detail} ファイルが控えどおり`,
    en: (detail: string) => `${detail} files as the manifest has them`,
  },
  database: { ja: () => 'データベースに傷なし', en: () => 'database undamaged' },
  audit: {
    ja: (detail: string) => `監査記録 ${detail} 件がつながっている`,
    en: (detail: string) => `audit record of ${detail} entries whole`,
  },
  lines: {
    ja: (detail: string) => `ログ ${detail} 行の数が合う`,
    en: (detail: string) => `${detail} log lines add up`,
  },
} as const;
const NAMES = {
  files: { ja: 'ファイル', en: 'files' },
  database: { ja: 'データベース', en: 'database' },
  audit: { ja: '監査記録', en: 'audit record' },
  lines: { ja: 'ログの行数', en: 'log lines' },
} as const;

/** A line for each check; the first says whether it can be restored. */
export function wordDrill(drill: Drill, lang: Lang): string[] {
  const amount = (detail: string | null): string =>
    detail !== null && /^\d+$/.test(detail) ? formatNumber(Number(detail), lang) : (detail ?? '0');
  const verdict = isWhole(drill)
    ? { ja: 'このバックアップから元どおりに復元できます。', en: 'This backup can be restored whole.' }
    : { ja: 'このバックアップは元どおりに復元できません。', en: 'This backup cannot be restored whole.' };
  return [
    verdict[lang],
    ...drill.checks.map(({ what, ok, detail }) =>
      ok ? `✓ ${WHAT[what][lang](amount(detail))}` : `✗ ${NAMES[what][lang]}: ${detail ?? '–'}`,
    ),
  ];
}

import { useTranslation } from 'react-i18next';
import type { ErrorData } from '../../main/api/contract/common.ts';
import { wordError } from '../../main/api/contract/errors.ts';
import { fromErrorData } from '../errors.ts';
import { useFormat } from '../use-format.ts';
import { Fine } from './text.tsx';

/** That a search went by words alone, why, and what comes next; nothing where meaning was asked too. */
export function ByWordsOnly({ because }: { readonly because: ErrorData | null }) {
  const { t } = useTranslation();
  const { lang } = useFormat();
  if (!because) return null;
  const { say, next } = wordError(fromErrorData(because), lang);
  return <Fine role="status">{[say, t('byWordsOnly'), next].join(lang === 'ja' ? '' : ' ')}</Fine>;
}

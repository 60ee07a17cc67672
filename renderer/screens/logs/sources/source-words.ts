import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { RiskLevel } from '../../../../main/analytics/contract/situation.ts';
import type { LogSource } from '../../../../main/logs/contract/logs.ts';
import { orpc } from '../../../engine-hooks.ts';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';

/** A format's name for people. */
export function useFormatNames() {
  const t = useWords('logs');
  const format = useFormat();
  const formats = useQuery({ ...orpc.logs.formats.queryOptions(), staleTime: Number.POSITIVE_INFINITY }).data;
  const titleOf = useCallback(
    (name: string): string => {
      const found = formats?.find((f) => f.name === name);
      return found ? format.pick(found.title) : name;
    },
    [formats, format],
  );
  /** `アクセスログ × 3、JSON × 2`: with how many files each, where there are several; null: none yet */
  const titlesOf = useCallback(
    (used: LogSource['usedFormats']): string | null => {
      const [one, ...more] = used;
      if (!one) return null;
      if (more.length === 0) return titleOf(one.format);
      return used
        .map((u) => t('sources.formatFiles', { format: titleOf(u.format), n: format.number(u.files) }))
        .join(t('sources.listComma'));
    },
    [titleOf, format, t],
  );
  return { formats: formats ?? [], titleOf, titlesOf };
}

export const ENCODINGS = ['utf-8', 'shift_jis', 'euc-jp', 'utf-16le', 'utf-16be', 'windows-1252'] as const;

export const RISK_OF_STATE: Readonly<Record<LogSource['state'], RiskLevel>> = {
  reading: 'ok',
  following: 'ok',
  done: 'ok',
  paused: 'unknown',
  waiting: 'watch',
};

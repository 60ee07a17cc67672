import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LineFilter, LogLine } from '../../../../main/api/contract/logs.ts';
import { useEngine } from '../../../engine-hooks.ts';

const isError = (line: LogLine): boolean => line.level === 'error' || line.level === 'fatal';
/** lines of one instant that are looked through for the one after the current */
const SAME_INSTANT = 500;
/** lines after the error that are shown above it: what came of it */
const ABOVE = 6;

type Options = {
  /** the loaded lines, newest first */
  readonly rows: readonly LogLine[];
  readonly filter: LineFilter;
  readonly current: number | null;
  readonly go: (id: number) => void;
  /** makes the list begin at an instant, for an error that is not loaded */
  readonly anchorAt: (at: number) => void;
};

/** To the next error down the list (1) or up (−1): among the loaded lines, else by asking the engine. */
export function useErrorJump({ rows, filter, current, go, anchorAt }: Options) {
  const { t } = useTranslation('logs');
  const engine = useEngine();
  const [looking, setLooking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  // what was said of one place in one search is not said of another
  const place = `${current} ${JSON.stringify(filter)}`;
  const [said, setSaid] = useState<{ place: string; text: string } | null>(null);
  const notice = said?.place === place ? said.text : null;
  const setNotice = useCallback(
    (text: string | null): void => setSaid(text === null ? null : { place, text }),
    [place],
  );

  const ask = useCallback(
    async (direction: 1 | -1, from: LogLine): Promise<void> => {
      const wanted = filter.levels?.filter((level) => level === 'error' || level === 'fatal') ?? [
        'error',
        'fatal',
      ];
      const page = await engine.logs.lines({
        filter: {
          ...filter,
          levels: [...wanted],
          ...(direction === 1 ? { to: from.at + 1 } : { from: from.at }),
        },
        order: direction === 1 ? 'newest' : 'oldest',
        limit: SAME_INSTANT,
      });
      const found = page.lines.find((line) => {
        const later = line.at - from.at || line.id - from.id;
        return direction === 1 ? later < 0 : later > 0;
      });
      if (!found) return setNotice(t(direction === 1 ? 'keys.noNext' : 'keys.noPrevious'));
      const above = await engine.logs.lines({
        filter: { ...filter, from: found.at },
        order: 'oldest',
        limit: ABOVE,
      });
      anchorAt(above.lines.at(-1)?.at ?? found.at);
      go(found.id);
    },
    [filter, go, anchorAt, engine, t, setNotice],
  );
  const run = useCallback(
    (direction: 1 | -1): void => {
      setError(null);
      setNotice(null);
      const at = rows.findIndex((line) => line.id === current);
      const start = at >= 0 ? at + direction : direction === 1 ? 0 : rows.length - 1;
      for (let i = start; i >= 0 && i < rows.length; i += direction) {
        const line = rows[i];
        if (line && isError(line)) {
          go(line.id);
          return;
        }
      }
      const from = rows[Math.max(0, at)];
      if (!from) setNotice(t('keys.noError'));
      if (!from || looking) return;
      setLooking(true);
      ask(direction, from)
        .catch(setError)
        .finally(() => setLooking(false));
    },
    [rows, current, go, ask, looking, t, setNotice],
  );
  return { go: run, looking, error, notice };
}

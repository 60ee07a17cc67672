import { type RefObject, useCallback, useRef, useState } from 'react';
import type { LineFilter, LogLine } from '../../../../main/logs/contract/logs.ts';
import { useEngine } from '../../../engine-hooks.ts';
import { useWords } from '../../../words.ts';

const isError = (line: LogLine): boolean => line.level === 'error' || line.level === 'fatal';
/** lines of one instant that are looked through for the one after the current */
const SAME_INSTANT = 500;
/** lines after the error that are shown above it: what came of it */
const ABOVE = 6;

/** Where the list stands: the rows in view, and whether the current line was in view and has been scrolled out of it. */
export type ListPlace = { readonly first: number; readonly last: number; readonly lost: boolean };
export const AT_TOP: ListPlace = { first: 0, last: 0, lost: false };

type Options = {
  /** the loaded lines, newest first */
  readonly rows: readonly LogLine[];
  readonly filter: LineFilter;
  readonly current: number | null;
  readonly list: RefObject<ListPlace>;
  readonly go: (id: number) => void;
  /** makes the list begin at an instant, for an error that is not loaded */
  readonly anchorAt: (at: number) => void;
};

/** To the next error down the list (1) or up (−1): among the loaded lines, else by asking the engine. */
export function useErrorJump({ rows, filter, current, list, go, anchorAt }: Options) {
  const t = useWords('logs');
  const engine = useEngine();
  const [looking, setLooking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  // what was said of one place in one search is not said of another, nor is what was found from there gone to
  const place = `${current} ${JSON.stringify(filter)}`;
  const placeNow = useRef(place);
  placeNow.current = place;
  const [said, setSaid] = useState<{ place: string; text: string } | null>(null);
  const notice = said?.place === place ? said.text : null;
  const setNotice = useCallback(
    (text: string | null): void => setSaid(text === null ? null : { place, text }),
    [place],
  );

  const ask = useCallback(
    async (direction: 1 | -1, from: LogLine | undefined): Promise<void> => {
      if (!from) return;
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
      if (placeNow.current !== place) return;
      anchorAt(above.lines.at(-1)?.at ?? found.at);
      go(found.id);
    },
    [filter, place, go, anchorAt, engine, t, setNotice],
  );
  const run = useCallback(
    (direction: 1 | -1): void => {
      setError(null);
      setNotice(null);
      const at = rows.findIndex((line) => line.id === current);
      const isAway = current !== null && at < 0;
      const inView = direction === 1 ? list.current.first : list.current.last;
      // from the current line; from what is in view where there is none, or where it was scrolled away from
      const start = at >= 0 && !list.current.lost ? at + direction : inView;
      for (let i = start; !isAway && i >= 0 && i < rows.length; i += direction) {
        const line = rows[i];
        if (line && isError(line)) {
          go(line.id);
          return;
        }
      }
      const near = rows[Math.min(rows.length - 1, Math.max(0, start - direction))];
      if (!near && !isAway) setNotice(t('keys.noError'));
      if ((!near && !isAway) || looking) return;
      setLooking(true);
      // of a line that is open though the list does not have it, the engine tells where it stands
      const from = isAway
        ? engine.logs.context({ id: current, before: 0, after: 0 }).then(([line]) => line)
        : Promise.resolve(near);
      from
        .then((line) => ask(direction, line))
        .catch(setError)
        .finally(() => setLooking(false));
    },
    [rows, current, list, go, ask, looking, engine, t, setNotice],
  );
  return { go: run, looking, error, notice };
}

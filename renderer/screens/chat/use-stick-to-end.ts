import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

const NEAR_PX = 80;
type Stick = {
  readonly box: RefObject<HTMLDivElement | null>;
  /** the reader has scrolled up; new text does not move the page */
  readonly away: boolean;
  readonly toEnd: () => void;
};

/** Follows the end of a growing box, but only while the reader is there. `key` changes with the conversation. */
export function useStickToEnd(key: string, content: unknown): Stick {
  const box = useRef<HTMLDivElement>(null);
  const follow = useRef(true);
  const [away, setAway] = useState(false);
  const toEnd = useCallback(() => {
    follow.current = true;
    setAway(false);
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, []);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const onScroll = (): void => {
      const left = element.scrollHeight - element.scrollTop - element.clientHeight;
      follow.current = left < NEAR_PX;
      setAway(left >= NEAR_PX);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation starts at its end
  useLayoutEffect(() => toEnd(), [key, toEnd]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the content grows
  useLayoutEffect(() => {
    if (follow.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [content]);
  return { box, away, toEnd };
}

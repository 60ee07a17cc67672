import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

const NEAR_PX = 80;
const ABOVE_PX = 12;
type Follow = {
  readonly box: RefObject<HTMLDivElement | null>;
  /** the reader has scrolled up; new text does not move the page */
  readonly away: boolean;
  readonly toLatest: () => void;
};

/** Where the latest answer is best read: its end, but never with its question pushed out at the top. */
const latestTop = (box: HTMLElement): number => {
  const questions = box.querySelectorAll<HTMLElement>('[data-question]');
  const question = questions.item(questions.length - 1);
  const end = box.scrollHeight - box.clientHeight;
  if (!question) return end;
  const top = question.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
  return Math.min(end, top - ABOVE_PX);
};

/** Follows a growing conversation, but only while the reader is with it. `key` changes with the conversation. */
export function useFollow(key: string, content: string): Follow {
  const box = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  /** where the page was put last */
  const put = useRef(0);
  const [away, setAway] = useState(false);
  const show = useCallback((element: HTMLElement, top: number) => {
    element.scrollTo({ top });
    put.current = element.scrollTop;
  }, []);
  const toLatest = useCallback(() => {
    following.current = true;
    setAway(false);
    if (box.current) show(box.current, latestTop(box.current));
  }, [show]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const onScroll = (): void => {
      // what grew since the page was put there makes nobody leave; only who goes up does
      if (element.scrollTop > latestTop(element) - NEAR_PX) following.current = true;
      else if (element.scrollTop < put.current - NEAR_PX) following.current = false;
      setAway(!following.current);
    };
    // cards fill in after the text: what grows is followed as well
    const growth = new ResizeObserver(() => {
      const top = latestTop(element);
      // who reads on below is not taken back up
      if (following.current && element.scrollTop < top) show(element, top);
    });
    if (element.firstElementChild) growth.observe(element.firstElementChild);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      growth.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [show]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation, or a new question, starts at the latest
  useLayoutEffect(() => toLatest(), [key, content, toLatest]);
  return { box, away, toLatest };
}

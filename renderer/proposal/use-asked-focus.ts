import { type RefObject, useEffect, useRef } from 'react';

/** The button of a card that a person asked for in words. */
export type Focus = 'approve' | 'reject' | null;
/** A press this soon after the focus moved was still meant for the question. */
const SETTLE_MS = 700;

/**
 * Moves the keyboard focus to the button that was asked for, once it is there and nothing else is being written. `guarded`: an act that
 * counts for nothing in the moment after.
 */
export function useAskedFocus(
  asked: Focus,
  isThere: boolean,
): {
  readonly button: RefObject<HTMLButtonElement | null>;
  guarded(act: (() => void) | null): (() => void) | null;
} {
  const button = useRef<HTMLButtonElement>(null);
  const from = useRef(0);
  useEffect(() => {
    if (asked === null || !isThere) return;
    const active = document.activeElement;
    if (active instanceof HTMLTextAreaElement && active.value !== '') return;
    from.current = performance.now() + SETTLE_MS;
    button.current?.focus();
  }, [asked, isThere]);
  return {
    button,
    guarded: (act) =>
      act &&
      (() => {
        if (performance.now() >= from.current) act();
      }),
  };
}

import { useEffect, useRef } from 'react';

export type LogKeys = {
  readonly move: (by: number) => void;
  readonly open: () => void;
  readonly error: (direction: 1 | -1) => void;
  readonly bookmark: () => void;
};
const PAGE_ROWS = 15;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
/** Another layer is open: the keys are its own. The line's drawer is part of the list. */
const isElsewhere = (target: EventTarget | null): boolean => {
  const dialog = target instanceof Element ? target.closest('[role="dialog"], [role="menu"]') : null;
  return dialog !== null && !dialog.hasAttribute('data-line-drawer');
};

/** j/k and arrows walk the lines, Enter opens one, n and Shift+n go to the next and the previous error, b marks. */
export function useLogKeys(keys: LogKeys, enabled: boolean): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (!enabled) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      // a jump to another screen (`g` and its letter) was handled before this
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || isElsewhere(event.target)) return;
      const act = actionOf(event, latest.current);
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [enabled]);
}

function actionOf(event: KeyboardEvent, keys: LogKeys): (() => void) | null {
  const inRow = event.target instanceof Element && event.target.hasAttribute('data-line');
  switch (event.key) {
    case 'j':
      return () => keys.move(1);
    case 'k':
      return () => keys.move(-1);
    case 'n':
      return () => keys.error(1);
    case 'N':
      return () => keys.error(-1);
    case 'b':
      return keys.bookmark;
    case 'ArrowDown':
      return inRow ? () => keys.move(1) : null;
    case 'ArrowUp':
      return inRow ? () => keys.move(-1) : null;
    case 'PageDown':
      return inRow ? () => keys.move(PAGE_ROWS) : null;
    case 'PageUp':
      return inRow ? () => keys.move(-PAGE_ROWS) : null;
    case 'Enter':
      return inRow ? keys.open : null;
    default:
      return null;
  }
}

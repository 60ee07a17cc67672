import { useEffect } from 'react';
import { isImeKey } from '../ui/ime.tsx';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Single letters that act, while nothing is typed, no dialog is open and no other key of the app took the press. */
export function useKeys(keys: Readonly<Record<string, (() => void) | null>>, on: boolean): void {
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (isImeKey(event) || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"][data-modal-content], [role="dialog"][aria-modal="true"]'))
        return;
      const act = keys[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [keys, on]);
}

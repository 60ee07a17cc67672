import { useEffect } from 'react';

const SCHEME = 'data-mantine-color-scheme';

/** What is printed is black on white whatever the theme: a dark page would be a page of ink, its margins too. */
export function useWhitePaper(): void {
  useEffect(() => {
    const root = document.documentElement;
    let before: string | null = null;
    const whiten = (): void => {
      before ??= root.getAttribute(SCHEME);
      root.setAttribute(SCHEME, 'light');
    };
    const restore = (): void => {
      if (before !== null) root.setAttribute(SCHEME, before);
      before = null;
    };
    window.addEventListener('beforeprint', whiten);
    window.addEventListener('afterprint', restore);
    return () => {
      window.removeEventListener('beforeprint', whiten);
      window.removeEventListener('afterprint', restore);
    };
  }, []);
}

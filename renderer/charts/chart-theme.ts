import { useMemo, useSyncExternalStore } from 'react';

/** The colours a canvas needs, read from the page's CSS variables: a canvas cannot resolve `var()` itself. */
export type ChartTheme = {
  readonly text: string;
  readonly dimmed: string;
  readonly grid: string;
  readonly surface: string;
  readonly primary: string;
  readonly muted: string;
  readonly danger: string;
  readonly watch: string;
  readonly fatal: string;
  readonly info: string;
  readonly ok: string;
  readonly font: string;
};
const SCHEME = 'data-mantine-color-scheme';

const subscribe = (changed: () => void): (() => void) => {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: [SCHEME] });
  return () => observer.disconnect();
};
const currentScheme = (): string => document.documentElement.getAttribute(SCHEME) ?? 'light';

const readTheme = (dark: boolean): ChartTheme => {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string, fallback: string): string => style.getPropertyValue(name).trim() || fallback;
  return {
    text: read('--mantine-color-text', dark ? '#e6e9ee' : '#1c2430'),
    dimmed: read('--mantine-color-dimmed', dark ? '#9aa4b2' : '#5c6675'),
    grid: read('--mantine-color-default-border', dark ? '#363d49' : '#dde1e7'),
    surface: read('--surface', dark ? '#1c1c26' : '#ffffff'),
    primary: read(dark ? '--mantine-color-indigo-3' : '--mantine-color-indigo-6', '#4655b0'),
    muted: read(dark ? '--mantine-color-dark-3' : '--mantine-color-gray-5', '#8b867d'),
    danger: read('--danger-line', '#d94f48'),
    watch: read('--watch-line', '#dd9c2c'),
    fatal: dark ? '#f0938d' : '#8d211e',
    info: read(dark ? '--mantine-color-indigo-4' : '--mantine-color-indigo-3', '#8e9cdb'),
    ok: read('--ok-line', '#2f9a6e'),
    font: read('--mantine-font-family', 'sans-serif'),
  };
};

/** The theme of the moment; charts redraw when the person switches between light and dark. */
export function useChartTheme(): ChartTheme {
  const scheme = useSyncExternalStore(subscribe, currentScheme);
  return useMemo(() => readTheme(scheme === 'dark'), [scheme]);
}

const REDUCED = '(prefers-reduced-motion: reduce)';
const subscribeMotion = (changed: () => void): (() => void) => {
  const query = matchMedia(REDUCED);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
};
export const useReducedMotion = (): boolean =>
  useSyncExternalStore(subscribeMotion, () => matchMedia(REDUCED).matches);

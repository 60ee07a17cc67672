import { useMantineColorScheme } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Settings } from '../../main/api/contract/system.ts';
import { orpc, useSettings } from '../engine-hooks.ts';
import { switchLang, systemLang } from '../words.ts';

/** Language and colours follow the settings, whoever changed them (this page, another window, the CLI). */
export function useAppliedSettings(): void {
  const settings = useSettings();
  const { setColorScheme } = useMantineColorScheme();
  const lang = settings?.lang;
  const theme = settings?.theme;
  useEffect(() => {
    if (lang) switchLang(lang === 'system' ? systemLang() : lang);
  }, [lang]);
  useEffect(() => {
    if (theme) setColorScheme(theme === 'system' ? 'auto' : theme);
  }, [theme, setColorScheme]);
}

/** Changes settings at once on the page and then in the engine; a refusal brings the old ones back. */
export function useChangeSettings() {
  const client = useQueryClient();
  const queryKey = orpc.settings.get.queryKey();
  return useMutation({
    ...orpc.settings.set.mutationOptions(),
    onMutate: async (change: Partial<Settings>) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData<Settings>(queryKey);
      if (before) client.setQueryData<Settings>(queryKey, { ...before, ...change });
      return { before };
    },
    onError: (_error, _change, context) => {
      if (context?.before) client.setQueryData(queryKey, context.before);
    },
    onSuccess: (now) => client.setQueryData(queryKey, now),
  });
}

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

import { MantineProvider, MantineThemeProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { MutationCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, useMemo } from 'react';
import { styleNonce } from './csp-nonce.ts';
import { readAgainAfter, useEngineEvents, useSettings } from './engine-hooks.ts';
import { EngineLost, toWordable } from './errors.ts';
import { Frame } from './frame/frame.tsx';
import { useAppliedSettings, useWhitePaper } from './frame/use-applied-settings.ts';
import { useUi } from './stores/ui.ts';
import { cssVariables, theme } from './theme.ts';
import { FormatContext, makeFormat } from './use-format.ts';
import { useLang, useWords } from './words.ts';

const nonce = styleNonce ? { getStyleNonce: () => styleNonce } : {};

export function App() {
  return (
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariables}
          defaultColorScheme="auto"
          {...nonce}
        >
          <Notifications position="top-center" limit={3} zIndex={1000} mt={76} />
          <Desk />
        </MantineProvider>
      </QueryClientProvider>
    </StrictMode>
  );
}

/** Everything that depends on the person's settings. */
function Desk() {
  const lang = useLang();
  const zone = useSettings()?.timeZone || 'Asia/Tokyo';
  const format = useMemo(() => makeFormat(lang, zone), [lang, zone]);
  const t = useWords('common');
  const closable = useMemo(() => {
    const defaultProps = { closeButtonProps: { 'aria-label': t('close') } };
    return { components: { Modal: { defaultProps }, Drawer: { defaultProps } } };
  }, [t]);
  useEngineEvents();
  useAppliedSettings();
  useWhitePaper();
  return (
    <MantineThemeProvider theme={closable}>
      <FormatContext value={format}>
        <Frame />
      </FormatContext>
    </MantineThemeProvider>
  );
}

/** What a decision needs first, by the error that says so: it is asked for, and the decision made again. */
const NEEDS: Partial<Record<string, 'name' | 'pin'>> = { 'approvals.name': 'name', 'policy.pin': 'pin' };
const mutationCache = new MutationCache({
  onSettled: (_data, _error, _variables, _context, mutation) =>
    readAgainAfter(queryClient, mutation.options.mutationKey),
  onError(error, variables, _context, mutation) {
    const what = NEEDS[toWordable(error).code];
    if (what) useUi.getState().ask({ what, again: () => void mutation.execute(variables).catch(() => {}) });
  },
});

// networkMode: the engine is on this computer; whether there is a network says nothing about it.
const queryClient = new QueryClient({
  mutationCache,
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: (count, error) => error instanceof EngineLost && count < 5,
      staleTime: 30_000,
      refetchOnWindowFocus: false,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

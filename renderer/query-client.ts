import { QueryClient } from '@tanstack/react-query';
import { EngineLost } from './errors.ts';

// networkMode: the engine is on this computer; whether there is a network says nothing about it.
export const queryClient = new QueryClient({
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

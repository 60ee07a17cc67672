import type { SolveInput } from '../../proposal/use-solve.ts';

const NAMES = ['location', 'business', 'process', 'alert', 'horizon'] as const;

/** What an address asks to be solved; null when it asks for nothing. */
export function readAsk(query: Readonly<Record<string, string>>): SolveInput | null {
  if (!NAMES.some((name) => query[name])) return null;
  const { location, business, process, alert, horizon } = query;
  return {
    ...(location ? { location } : {}),
    ...(business ? { businessId: business } : {}),
    ...(process ? { process } : {}),
    ...(alert ? { alertId: alert } : {}),
    horizon: horizon === 'next-day' ? 'next-day' : 'today',
  };
}

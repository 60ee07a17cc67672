import { hitRate } from '../placement/contract/hit-rate.ts';
import type { Alert, AlertQuality } from './contract/alerts.ts';

/** One alert as far as its quality goes. `late` null: not a deadline's, or the snapshots do not tell. */
export type Told = {
  readonly kind: Alert['kind'];
  readonly location: string;
  readonly late: boolean | null;
  /** a proposal of it was approved, or it was acknowledged, before the deadline */
  readonly acted: boolean;
};

/** How often alerts of each kind and site were right and of use; shares with the interval that few cases leave open. */
export function qualityOf(alerts: readonly Told[]): AlertQuality['rows'] {
  const rows = (kind: Alert['kind'] | null, location: string | null): AlertQuality['rows'][number] => {
    const own = alerts.filter(
      (a) => (kind === null || a.kind === kind) && (location === null || a.location === location),
    );
    const known = own.filter((a) => a.late !== null);
    return {
      kind,
      location,
      fired: own.length,
      late: hitRate(known.filter((a) => a.late).length, known.length),
      useful: hitRate(own.filter((a) => a.acted).length, own.length),
      ignored: own.filter((a) => !a.acted).length,
    };
  };
  const kinds = [...new Set(alerts.map((a) => a.kind))].sort();
  const sites = [...new Set(alerts.map((a) => a.location))].sort();
  if (alerts.length === 0) return [];
  return [
    rows(null, null),
    ...kinds.map((kind) => rows(kind, null)),
    ...sites.map((location) => rows(null, location)),
  ];
}

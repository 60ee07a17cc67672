/** How a person arranged the cards of services: those put in an order first, the others by what is wrong with them. */
import type { Settings } from '../../../../main/api/contract/system.ts';
import type { ServiceHealth } from './use-services.ts';

export type Arranged = Settings['serviceCards'];

export function arranged(services: readonly ServiceHealth[], { order, hidden }: Arranged) {
  const place = new Map(order.map((name, i) => [name, i]));
  const of = ({ name }: ServiceHealth): number => place.get(name) ?? order.length;
  const sorted = services.toSorted(
    (a, b) =>
      of(a) - of(b) ||
      b.incidents.length - a.incidents.length ||
      b.errors - a.errors ||
      b.lines - a.lines ||
      a.name.localeCompare(b.name),
  );
  const away = new Set(hidden);
  return {
    shown: sorted.filter(({ name }) => !away.has(name)),
    hidden: sorted.filter(({ name }) => away.has(name)),
  };
}

/** A card moved to a place among the shown ones: those up to there and up to where it was keep the order they are seen in. */
export function moved(names: readonly string[], name: string, to: number): string[] {
  const from = names.indexOf(name);
  const others = names.filter((one) => one !== name);
  const at = Math.max(0, Math.min(others.length, to));
  return [...others.slice(0, at), name, ...others.slice(at)].slice(0, Math.max(from, at) + 1);
}

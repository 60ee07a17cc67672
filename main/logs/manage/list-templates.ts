import type { LogTemplate } from '../contract/logs.ts';
import type { LogTemplates } from '../types.ts';
import { type Catalogue, type CatalogueRow, mainLevel, type Tally } from './catalogue.ts';

const DEFAULT_LIMIT = 200;
const MAX_SERVICES = 50;

/** A template as it is shown, with what is counted of it. */
export function templateView(catalogue: Catalogue, row: CatalogueRow): LogTemplate {
  const tally = catalogue.tally(row.id);
  return {
    id: row.id,
    parts: [...row.parts],
    text: row.text,
    name: row.name,
    locked: row.locked,
    mark: row.mark,
    level: tally ? mainLevel(tally) : null,
    services: tally ? catalogue.services(tally).slice(0, MAX_SERVICES) : [],
    lines: tally?.lines ?? 0,
    firstAt: tally?.firstAt ?? null,
    lastAt: tally?.lastAt ?? null,
    merged: catalogue.family(row.id).filter((id) => (catalogue.row(id)?.mergedInto ?? null) !== null),
  };
}

/** Templates that lines stand under, and those that a user touched. @param fold width, case and kana folded, for searching */
export function listTemplates(
  catalogue: Catalogue,
  fold: (text: string) => string,
  {
    text,
    services,
    levels,
    mark,
    noise,
    sort = 'lines',
    limit = DEFAULT_LIMIT,
  }: NonNullable<Parameters<LogTemplates['list']>[0]>,
): ReturnType<LogTemplates['list']> {
  catalogue.refresh();
  const words = fold(text ?? '')
    .split(/\s+/)
    .filter(Boolean);
  const found: { row: CatalogueRow; tally: Tally | undefined }[] = [];
  for (const row of catalogue.standing()) {
    if (mark === undefined ? row.mark === 'noise' && noise !== true : row.mark !== mark) continue;
    const tally = catalogue.tallies().get(row.id);
    if (!tally && !isTouched(row)) continue;
    if (
      words.length &&
      !words.every((word) => catalogue.folded(row).includes(word) || word === String(row.id))
    )
      continue;
    if (services && !(tally && catalogue.services(tally).some((name) => services.includes(name)))) continue;
    if (levels && !levels.includes((tally && mainLevel(tally)) ?? '')) continue;
    found.push({ row, tally });
  }
  const lines = (f: { tally: Tally | undefined }): number => f.tally?.lines ?? 0;
  const first = (f: { tally: Tally | undefined }): number => f.tally?.firstAt ?? 0;
  found.sort((a, b) => {
    if (sort === 'lines') return lines(b) - lines(a) || a.row.id - b.row.id;
    if (sort === 'rarest') return lines(a) - lines(b) || b.row.id - a.row.id;
    if (sort === 'newest') return first(b) - first(a) || b.row.id - a.row.id;
    return a.row.id - b.row.id;
  });
  return {
    templates: found.slice(0, limit).map(({ row }) => templateView(catalogue, row)),
    total: found.length,
  };
}

const isTouched = (row: CatalogueRow): boolean => row.locked || row.name !== null || row.mark !== 'none';

import { COMPONENT, DAY, HOUR, MINUTE, RATE } from '../config.ts';
import type { Finding } from '../types.ts';
import { wordComponent } from '../word-anomaly.ts';
import { atMost, type DetectionWindow, endOf } from './detection-window.ts';
import { hourOf } from './series.ts';

/**
 * Once an hour: a service with more than a tenth of all lines that was absent in seven hours with lines before, or had a third
 * (medium) or a fifth (high) of that share.
 */
export function detectComponents(look: DetectionWindow): Finding[] {
  if ((look.minute + 1) % 60 !== 0) return [];
  const hour = hourOf(look.minute * MINUTE);
  const now = look.hours.hour(hour);
  if (now.total < COMPONENT.lines) return [];
  const before = new Map<string, number>();
  let total = 0;
  let hours = 0;
  for (let h = hour - 1; hours < COMPONENT.hours && h >= hourOf(look.since) && h > hour - 7 * 24; h--) {
    const past = look.hours.hour(h);
    if (past.total < COMPONENT.lines / 4) continue;
    hours++;
    total += past.total;
    for (const [service, lines] of past.services) before.set(service, (before.get(service) ?? 0) + lines);
  }
  if (hours < COMPONENT.hours) return [];
  const found: Finding[] = [];
  const backs = look.habits.likeDays(look.minute, look.since);
  for (const [service, lines] of now.services) {
    const share = lines / now.total;
    const was = (before.get(service) ?? 0) / total;
    if (share <= COMPONENT.share || share < COMPONENT.medium * was) continue;
    // where the others fell silent, it has no more lines than before
    if (lines * hours < COMPONENT.medium * (before.get(service) ?? 0)) continue;
    // what days like this have at this hour is part of the day
    if (backs.some((back) => isAsMuch(look, hour - back / 60, { service, lines, share }))) continue;
    const series = look.recent.services.get(service);
    const ageDays = (hour * HOUR - look.since) / DAY;
    const finding = {
      kind: 'new-component',
      severity: atMost(was * COMPONENT.high <= share ? 'high' : 'medium', ageDays < 1 ? 'low' : 'medium'),
      from: hour * HOUR,
      at: endOf(look),
      templateId: null,
      service,
      level: null,
      source: series?.source ?? null,
      observed: share,
      expected: was,
      sd: null,
      score: was > 0 ? share / was : null,
      windowMs: HOUR,
      baselineDays: ageDays,
      learning: ageDays < 7,
    } as const;
    found.push({ ...finding, words: wordComponent(finding, lines) });
  }
  return found;
}
/**
 * An hour in which the service had half the share, or nearly as many lines: then others have fewer now. What it says counts as its
 * own under whatever name it was said.
 */
function isAsMuch(
  look: DetectionWindow,
  hour: number,
  now: { readonly service: string; readonly lines: number; readonly share: number },
): boolean {
  if (hour < hourOf(look.since)) return false;
  const { services, templates, total } = look.hours.hour(hour);
  let said = 0;
  for (const [template, service] of look.hours.hour(hourOf(look.minute * MINUTE)).serviceOf)
    if (service === now.service) said += templates.get(template) ?? 0;
  const lines = Math.max(said, services.get(now.service) ?? 0);
  return lines * RATE.near >= now.lines || (total > 0 && (2 * lines) / total >= now.share);
}

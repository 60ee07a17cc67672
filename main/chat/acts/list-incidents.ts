import type { Bilingual } from '../../api/contract/common.ts';
import { clip } from '../clip.ts';
import { sayRemedies } from '../compose-remedies.ts';
import { both } from '../facts.ts';
import type { LogInquiry } from '../types.ts';
import type { ActContext } from './act.ts';

const LISTED = 3;

/** Incidents with their times, those that go on first, and what helped in ones like them. */
export function listIncidents(context: ActContext, told: LogInquiry, table: number | null): void {
  const isOver = ({ incident }: LogInquiry['incidents'][number]): number => Number(incident.to !== null);
  const listed = told.incidents.toSorted((a, b) => isOver(a) - isOver(b)).slice(0, LISTED);
  for (const { incident } of listed) sayIncident(incident, context, table);
  sayRemedies(context.draft, told);
}
function sayIncident(
  incident: LogInquiry['incidents'][number]['incident'],
  { draft, book, lang }: ActContext,
  table: number | null,
): void {
  const title = book.name(clip(incident.title[lang]), both('障害', 'Incident'));
  const from = book.instant(incident.from, both('障害の始まり', 'Start of the incident'), table);
  const to =
    incident.to === null
      ? null
      : book.instant(incident.to, both('障害の終わり', 'End of the incident'), table, incident.from);
  const until: Bilingual = to ? both(`${to}まで`, `until ${to}`) : both('続いています', 'going on');
  draft.entry(`『${title}』${from}から${until.ja}`, `“${title}” from ${from}, ${until.en}`);
}

/** What the next shift has to know, in both languages: sections of plain lines. Pure. */
import { z } from 'zod';
import type { Lang } from '../../kernel/errors.ts';
import { Bilingual, Instant } from './common.ts';

export const HANDOVER_SECTIONS = ['alerts', 'decisions', 'missed', 'moves', 'incidents', 'notes'] as const;
export const Handover = z.object({
  madeAt: Instant,
  /** local date and time, as the sheet is headed */
  title: Bilingual,
  /** how old the data are */
  source: Bilingual,
  sections: z.array(
    z.object({
      key: z.enum(HANDOVER_SECTIONS),
      title: Bilingual,
      none: Bilingual,
      lines: z.array(Bilingual),
    }),
  ),
});
export type Handover = z.infer<typeof Handover>;

/** The sheet as text, to be pasted into a mail; `note`: what the one who hands over adds. */
export function handoverText(handover: Handover, lang: Lang, note = ''): string {
  const sections = handover.sections.map(({ title, none, lines }) =>
    [
      `■ ${title[lang]}`,
      ...(lines.length ? lines.map((line) => `・${line[lang]}`) : [`  ${none[lang]}`]),
    ].join('\n'),
  );
  const added = note.trim() ? [`■ ${lang === 'ja' ? '申し送り' : 'Remarks'}\n${note.trim()}`] : [];
  return [`${handover.title[lang]}\n${handover.source[lang]}`, ...sections, ...added].join('\n\n');
}

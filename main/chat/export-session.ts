import { csvOf, fileNameOf } from '../api/contract/csv.ts';
import { dateTimeIn } from '../kernel/clock.ts';
import { wordSource } from '../knowledge/contract/words.ts';
import type { Message, Session } from './contract/chat.ts';
import type { ExportFile, ExportFormat } from './types.ts';

const ROLE = {
  ja: { user: '質問', assistant: 'Toride' },
  en: { user: 'Question', assistant: 'Toride' },
} as const;

/** The headings of a structured answer as headings. */
const withHeadings = (text: string, { sections = [] }: Message['body']): string =>
  [...sections]
    .sort((a, b) => b.start - a.start)
    .reduce(
      (whole, { start, end }) =>
        `${whole.slice(0, start)}### ${whole.slice(start, end)}\n${whole.slice(end)}`,
      text,
    );
const markdownOf = (session: Session, messages: readonly Message[], zone: string): string => {
  const parts = [`# ${session.title}`, ''];
  for (const { role, text, at, body } of messages) {
    parts.push(`## ${ROLE[body.lang][role]} ${dateTimeIn(at, zone)}`, '', withHeadings(text, body), '');
    if (body.proposalId) parts.push(`- ${body.lang === 'ja' ? '提案' : 'Proposal'}: ${body.proposalId}`);
    for (const { title, place } of body.citations)
      parts.push(`- ${body.lang === 'ja' ? 'ノウハウ' : 'Know-how'}: ${wordSource(title, place, body.lang)}`);
    if (body.proposalId || body.citations.length) parts.push('');
  }
  return `${parts.join('\n').trimEnd()}\n`;
};
const csvRows = (messages: readonly Message[], zone: string): string =>
  csvOf([
    ['at', 'role', 'intent', 'proposal', 'text'],
    ...messages.map(({ at, role, text, body }) => [
      dateTimeIn(at, zone),
      role,
      body.understood?.intent ?? '',
      body.proposalId ?? '',
      text,
    ]),
  ]);

/** The whole conversation as one file. Times in `zone`; CSV with a byte-order mark, so that Excel reads it as UTF-8. */
export function exportSession(
  session: Session,
  messages: readonly Message[],
  format: ExportFormat,
  zone: string,
): ExportFile {
  const name = fileNameOf(session.title);
  if (format === 'markdown')
    return { name: `${name}.md`, mime: 'text/markdown', text: markdownOf(session, messages, zone) };
  if (format === 'csv') return { name: `${name}.csv`, mime: 'text/csv', text: csvRows(messages, zone) };
  return {
    name: `${name}.json`,
    mime: 'application/json',
    text: `${JSON.stringify({ format: 'toride-chat', version: 1, session, messages }, null, 2)}\n`,
  };
}

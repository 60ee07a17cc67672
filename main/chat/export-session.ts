import type { Message, Session } from '../api/contract/chat.ts';
import { dateTimeIn } from '../clock.ts';
import type { ExportFile, ExportFormat } from './pipeline-types.ts';

const BOM = '\ufeff';
const ROLE = {
  ja: { user: '質問', assistant: 'Toride' },
  en: { user: 'Question', assistant: 'Toride' },
} as const;

/** RFC 4180; a cell that a spreadsheet would run as a formula is led by an apostrophe. */
const csvCell = (value: string | number): string => {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const markdownOf = (session: Session, messages: readonly Message[], zone: string): string => {
  const parts = [`# ${session.title}`, ''];
  for (const { role, text, at, body } of messages) {
    parts.push(`## ${ROLE[body.lang][role]} ${dateTimeIn(at, zone)}`, '', text, '');
    if (body.proposalId) parts.push(`- ${body.lang === 'ja' ? '提案' : 'Proposal'}: ${body.proposalId}`);
    for (const citation of body.citations)
      parts.push(`- ${body.lang === 'ja' ? 'ノウハウ' : 'Know-how'}: ${citation.title}`);
    if (body.proposalId || body.citations.length) parts.push('');
  }
  return `${parts.join('\n').trimEnd()}\n`;
};
const csvOf = (messages: readonly Message[], zone: string): string =>
  `${BOM}${[
    ['at', 'role', 'intent', 'proposal', 'text'],
    ...messages.map(({ at, role, text, body }) => [
      dateTimeIn(at, zone),
      role,
      body.understood?.intent ?? '',
      body.proposalId ?? '',
      text,
    ]),
  ]
    .map((row) => row.map(csvCell).join(','))
    .join('\r\n')}\r\n`;

/** A title as a file name on every system. */
const fileName = (title: string): string =>
  [...title.replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, ' ').replace(/\s+/g, ' ')]
    .slice(0, 60)
    .join('')
    .replace(/^[. ]+|[. ]+$/g, '') || 'toride';

/** The whole conversation as one file. Times in `zone`; CSV with a byte-order mark, so that Excel reads it as UTF-8. */
export function exportSession(
  session: Session,
  messages: readonly Message[],
  format: ExportFormat,
  zone: string,
): ExportFile {
  const name = fileName(session.title);
  if (format === 'markdown')
    return { name: `${name}.md`, mime: 'text/markdown', text: markdownOf(session, messages, zone) };
  if (format === 'csv') return { name: `${name}.csv`, mime: 'text/csv', text: csvOf(messages, zone) };
  return {
    name: `${name}.json`,
    mime: 'application/json',
    text: `${JSON.stringify({ format: 'toride-chat', version: 1, session, messages }, null, 2)}\n`,
  };
}

/** CSV as spreadsheets read it (RFC 4180), with a byte-order mark so that Excel takes it for UTF-8. The same from engine and screen. */
const BOM = '\ufeff';

/** A cell that a spreadsheet would run as a formula is led by an apostrophe (OWASP, CSV injection); numbers are left as they are. */
function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.,]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
export const csvOf = (rows: readonly (readonly (string | number | null)[])[]): string =>
  `${BOM}${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;

/** A title as a file name on every system. */
export const fileNameOf = (title: string): string =>
  [...title.replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, ' ').replace(/\s+/g, ' ')]
    .slice(0, 60)
    .join('')
    .replace(/^[. ]+|[. ]+$/g, '') || 'toride';

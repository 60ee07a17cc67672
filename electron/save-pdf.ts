import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { app, BrowserWindow, dialog, type WebContents } from 'electron';

// biome-ignore lint/suspicious/noControlCharactersInRegex: what no file name may hold, on Windows too
const NOT_IN_NAMES = /[\x00-\x1f<>:"/\\|?*]/g;
const LONGEST_NAME = 100;

/** What a page may call its PDF: a plain file name, whatever it asked for. */
export const fileNameOf = (asked: string): string =>
  `${
    asked
      .replace(NOT_IN_NAMES, ' ')
      .replace(/\s+/g, ' ')
      .replace(/^[. ]+|[. ]+$/g, '')
      .slice(0, LONGEST_NAME)
      .trim() || 'Toride'
  }.pdf`;

/**
 * Saves the page as it would print, as a PDF on A4, where the person says in a dialog. The page chooses nothing but the name
 * offered. False: the person thought better of it. @throws when the file cannot be written
 */
export async function savePdf(contents: WebContents, asked: string): Promise<boolean> {
  const options = {
    defaultPath: path.join(app.getPath('documents'), fileNameOf(asked)),
    filters: [{ name: 'PDF', extensions: ['pdf'] }],
  };
  const window = BrowserWindow.fromWebContents(contents);
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  if (canceled || !filePath) return false;
  const pdf = await contents.printToPDF({ pageSize: 'A4', printBackground: true, preferCSSPageSize: true });
  await writeFile(filePath, pdf);
  return true;
}

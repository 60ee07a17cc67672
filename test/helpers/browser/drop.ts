// A log on the screen of logs, as the operating system would drop it there.
import type { Desk } from './desk.ts';

/** When a line was written, as log4j writes it in UTC. */
export const stamp = (at: number): string =>
  new Date(at).toISOString().replace('T', ' ').replace('Z', '').replace('.', ',');
/** Lines as a file, in the order of their times (epoch ms). */
export const logOf = (lines: readonly { readonly at: number; readonly text: string }[]): string =>
  lines
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, text }) => `${stamp(at)} ${text}`)
    .join('\n');
/** Drops a file and waits until it has been read. */
export async function dropLog(desk: Desk, name: string, text: string): Promise<void> {
  await desk.go('logs');
  const data = Buffer.from(text).toString('base64');
  const transfer = await desk.page.evaluateHandle(
    (file) => {
      const made = new DataTransfer();
      made.items.add(new File([Uint8Array.from(atob(file.data), (c) => c.charCodeAt(0))], file.name));
      return made;
    },
    { name, data },
  );
  for (const type of ['dragenter', 'dragover', 'drop'])
    await desk.page.locator('main h1').dispatchEvent(type, { dataTransfer: transfer });
  await desk.page
    .getByRole('region', { name: desk.words.logs.upload.title })
    .getByText(desk.words.logs.upload.read, { exact: true })
    .waitFor();
}

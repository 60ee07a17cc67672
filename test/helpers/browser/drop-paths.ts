// Files and folders let go over the page as the operating system does it: the browser itself makes the transfer, folders included.
import type { Page } from 'playwright-core';

type Over = {
  /** what is under the pointer; the heading of the screen where nothing is said */
  readonly over?: string;
};
const COPY = 1;

/** Drags what lies at these absolute paths over the page, and holds it there. */
export async function dragPaths(
  page: Page,
  paths: readonly string[],
  { over = 'main h1' }: Over = {},
): Promise<{ drop(): Promise<void>; giveUp(): Promise<void> }> {
  const box = await page.locator(over).first().boundingBox();
  if (!box) throw new Error(`nothing of ${over} on the page`);
  const at = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: COPY };
  const tell = (type: 'dragEnter' | 'dragOver' | 'drop' | 'dragCancel') =>
    session.send('Input.dispatchDragEvent', { type, ...at, data });
  await tell('dragEnter');
  await tell('dragOver');
  const end = async (type: 'drop' | 'dragCancel'): Promise<void> => {
    await tell(type);
    await session.detach();
  };
  return { drop: () => end('drop'), giveUp: () => end('dragCancel') };
}

/** Lets go of what lies at these absolute paths over the page. */
export async function dropPaths(page: Page, paths: readonly string[], o: Over = {}): Promise<void> {
  await (await dragPaths(page, paths, o)).drop();
}

// A page or a process of Chromium that has gone or hangs: written into the app's log, told in words, and a way back.
import { app, type BrowserWindow, dialog, type MessageBoxOptions, shell } from 'electron';
import type { WayBack } from '../main/engine.ts';
import type { Words } from './words.ts';

export type Rescue = {
  readonly words: () => Words;
  /** into the app's log */
  readonly note: (message: string, data: Readonly<Record<string, unknown>>) => void;
  readonly tell: (text: string) => void;
};
type Question = Pick<MessageBoxOptions, 'message' | 'detail' | 'buttons' | 'signal'> & { cancelId: number };

const WITHIN_MS = 60_000;
/** a page that goes more often than this within a minute is not brought back unasked */
const BY_ITSELF = 2;
const GRAPHICS_DEATHS = 3;

/** Which button; `cancelId` also when the question was withdrawn. Nothing waits meanwhile: alerts and the tray go on. */
export async function ask(window: BrowserWindow | null, question: Question): Promise<number> {
  const options = { type: 'warning', defaultId: 0, noLink: true, ...question } as const;
  const { response } = await (window
    ? dialog.showMessageBox(window, options)
    : dialog.showMessageBox(options));
  return response;
}

/** A page that went is loaded again; one that hangs, when the person says so. */
export function watchWindow(window: BrowserWindow, o: Rescue): void {
  const { webContents } = window;
  let deaths: number[] = [];
  let question: AbortController | null = null;
  /** the person had it ended, to be loaded again */
  let wanted = false;

  const askAboutDeaths = async (): Promise<void> => {
    const { pageKeepsStopping, pageKeepsStoppingDetail, reload, quit } = o.words();
    const buttons = [reload, quit];
    const answer = await ask(window, {
      message: pageKeepsStopping,
      detail: pageKeepsStoppingDetail,
      buttons,
      cancelId: 0,
    });
    if (answer === 1) app.quit();
    else if (!window.isDestroyed()) webContents.reload();
  };
  const askAboutHanging = async (signal: AbortSignal): Promise<void> => {
    const { pageHangs, pageHangsDetail, wait, reload } = o.words();
    const buttons = [wait, reload];
    const answer = await ask(window, {
      message: pageHangs,
      detail: pageHangsDetail,
      buttons,
      cancelId: 0,
      signal,
    });
    if (answer !== 1 || window.isDestroyed()) return;
    wanted = true;
    webContents.forcefullyCrashRenderer();
  };

  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    o.note('page gone', { reason, exitCode });
    question?.abort();
    if (wanted) {
      wanted = false;
      return webContents.reload();
    }
    deaths = [...deaths, Date.now()].filter((at) => Date.now() - at < WITHIN_MS);
    if (deaths.length > BY_ITSELF) return void askAboutDeaths();
    webContents.reload();
    o.tell(o.words().pageReloaded);
  });
  window.on('unresponsive', () => {
    if (question) return;
    o.note('page hangs', {});
    question = new AbortController();
    void askAboutHanging(question.signal).finally(() => {
      question = null;
    });
  });
  window.on('responsive', () => question?.abort());
}

/** Chromium's own processes: it starts them again by itself; where graphics keep failing, the app can do without the graphics card. */
export function watchChildren(window: () => BrowserWindow | null, o: Rescue): void {
  let deaths = 0;
  const askAboutGraphics = async (): Promise<void> => {
    const { graphicsFail, graphicsFailDetail, withoutGraphics, goOn } = o.words();
    const buttons = [withoutGraphics, goOn];
    const answer = await ask(window(), {
      message: graphicsFail,
      detail: graphicsFailDetail,
      buttons,
      cancelId: 1,
    });
    if (answer !== 0) return;
    app.relaunch({ args: [...process.argv.slice(1), '--disable-gpu'] });
    app.quit();
  };
  app.on('child-process-gone', (_event, { type, reason, exitCode, name, serviceName }) => {
    if (reason === 'clean-exit') return;
    o.note('process gone', { type, reason, exitCode, name: name ?? serviceName ?? null });
    if (type !== 'GPU') return;
    deaths += 1;
    if (deaths === GRAPHICS_DEATHS) void askAboutGraphics();
  });
}

/** A new version that did not come up: back to the former one, once more, or neither. */
export async function askWayBack(
  window: BrowserWindow | null,
  say: Words,
  way: WayBack,
): Promise<'back' | 'again' | 'quit'> {
  const answer = await ask(window, {
    message: say.updateFailed(way.failed),
    detail: [say.wayBack(way.former), ...(way.copy ? [say.wayBackData(way.failed)] : [])].join('\n\n'),
    buttons: [say.goBack(way.former), say.tryAgain, say.quit],
    cancelId: 2,
  });
  return (['back', 'again'] as const)[answer] ?? 'quit';
}

/** Starts the former version from its installer, or says that it has to be installed; this one then ends. */
export async function startFormer(
  window: BrowserWindow | null,
  say: Words,
  { former, installer }: WayBack,
): Promise<void> {
  if (installer?.endsWith('.AppImage'))
    return app.relaunch({ execPath: installer, args: process.argv.slice(1) });
  const failed = installer === null ? say.noInstaller : await shell.openPath(installer);
  const told = failed ? say.installFormer(former) : say.runInstaller(former);
  await ask(window, { message: told, detail: failed, buttons: [say.quit], cancelId: 0 });
}

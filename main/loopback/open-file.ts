import { spawn } from 'node:child_process';

export type Opener = {
  readonly command: string;
  readonly args: readonly string[];
  /** the arguments are quoted as they must be */
  readonly verbatim: boolean;
};
/** What opens a file with the program it is for. */
export function openerOf(platform: NodeJS.Platform, file: string): Opener {
  if (platform === 'win32')
    // the first quotes are the title of a window; between the others a name’s & and ( ) mean nothing to the command line
    return { command: 'cmd.exe', args: ['/d', '/s', '/c', `"start "" "${file}""`], verbatim: true };
  return { command: platform === 'darwin' ? 'open' : 'xdg-open', args: [file], verbatim: false };
}

/** Opens it beside this process, which it outlives. `failed`: there is nothing to open it with. */
export function openFile(file: string, failed: () => void): void {
  const { command, args, verbatim } = openerOf(process.platform, file);
  const child = spawn(command, args, {
    stdio: 'ignore',
    detached: true,
    windowsHide: true,
    windowsVerbatimArguments: verbatim,
  });
  child.on('error', failed);
  child.unref();
}

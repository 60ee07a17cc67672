import { mkdtempSync, rmdirSync, symlinkSync, unlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const isPlain = (text: string): boolean => !/[^\x20-\x7e]/.test(text);
/** folders anybody may make another one in; on Windows the first lies below the person's name, the others do not */
const commonFolders = (): string[] =>
  [os.tmpdir(), process.env['ProgramData'], process.env['PUBLIC']].filter((dir) => dir !== undefined);

/**
 * Gives `use` a path in plain ASCII that leads to `file`, itself of a plain name: native code that opens files by narrow names cannot
 * say `C:\Users\田中` on Windows. Where the folder is not plain, a link stands for it (there a junction, which needs no rights) in a
 * folder of its own among `places`, as long as `use` runs. Nothing is copied: the file, who may read it, and what it takes to replace
 * it whole stay as they are. The working directory is left alone, since it is the whole process's. With no place for a link `use` gets
 * the path as it is.
 */
export function byPlainPath<T>(
  file: string,
  use: (file: string) => T,
  places: readonly string[] = commonFolders(),
): T {
  const dir = path.resolve(path.dirname(file));
  if (isPlain(dir)) return use(file);
  const link = places
    .values()
    .map((place) => linkTo(dir, place))
    .find((made) => made !== null);
  if (!link) return use(file);
  try {
    return use(path.join(link, path.basename(file)));
  } finally {
    removeLink(link);
  }
}

/** A link to a folder, alone in a new one: nobody else has it open, and its name was not there before. */
function linkTo(dir: string, place: string): string | null {
  if (!isPlain(place)) return null;
  let own: string;
  try {
    own = mkdtempSync(path.join(place, 'toride-'));
  } catch {
    return null;
  }
  const link = path.join(own, 'd');
  try {
    symlinkSync(dir, link, 'junction');
    return link;
  } catch {
    // a share of another machine, say, cannot be linked to
    rmdirSync(own);
    return null;
  }
}

function removeLink(link: string): void {
  try {
    // never what it leads to
    unlinkSync(link);
    rmdirSync(path.dirname(link));
  } catch {
    // held just then: an empty folder and a link are left among what is temporary
  }
}

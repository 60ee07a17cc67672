import { existsSync, statSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../kernel/errors.ts';
import type { Log } from '../../kernel/log.ts';
import { moveAnything } from '../../kernel/move-file.ts';
import { DISK_RESERVE, KEEP_PARTS_MS } from '../config.ts';
import { isSameFile } from './read-source.ts';
import { ModelRecord } from './record.ts';

const MARKER = 'model.json';
const INCOMING = '.incoming';
const REMOVED = '.removed-';

/**
 * The folder that copies are kept in, one folder a model with its description in `model.json`; `.incoming` holds what is not whole
 * yet, `.removed-…` what is on its way out.
 */
export class ModelFolder {
  readonly dir: string;
  readonly incoming: string;
  private readonly log: Log;
  private readonly allowed: readonly string[] | undefined;
  constructor(dataDir: string, log: Log, allowed?: readonly string[]) {
    this.allowed = allowed;
    this.dir = path.join(dataDir, 'models');
    this.incoming = path.join(this.dir, INCOMING);
    this.log = log;
  }
  /** @returns why an administrator's policy keeps it from being used */
  refusal({ name, sha256 }: Pick<ModelRecord, 'name' | 'sha256'>): AppError | null {
    return !this.allowed || (sha256 !== null && this.allowed.includes(sha256))
      ? null
      : new AppError('policy.model', { name, sha256: sha256 ?? '–' });
  }
  pathOf(id: string): string {
    return path.join(this.dir, id);
  }
  has(id: string): boolean {
    return existsSync(this.pathOf(id));
  }
  markerIn(dir: string): string {
    return path.join(dir, MARKER);
  }
  /** where a model's files lie */
  rootOf(model: Pick<ModelRecord, 'storage' | 'root'>): string {
    return model.storage === 'copy' ? path.join(this.dir, model.root) : model.root;
  }
  /** what the loader is given: the GGUF file, or the folder of an ONNX model */
  loadPathOf(model: Pick<ModelRecord, 'storage' | 'root' | 'format' | 'files'>): string {
    const root = this.rootOf(model);
    return model.format === 'gguf' ? path.join(root, model.files[0]?.path ?? '') : root;
  }
  /** Whether the files are there and look as they did when they came. */
  look(model: Pick<ModelRecord, 'storage' | 'root' | 'files'>): 'same' | 'missing' | 'changed' {
    const root = this.rootOf(model);
    let found: 'same' | 'changed' = 'same';
    for (const file of model.files)
      try {
        const seen = statSync(path.join(root, file.path));
        const now = { path: file.path, bytes: seen.size, mtimeMs: Math.round(seen.mtimeMs) };
        if (!seen.isFile() || !isSameFile(file, now)) found = 'changed';
      } catch {
        return 'missing'; // not there, or not to be reached: a stick pulled out, a drive not connected
      }
    return found;
  }
  /** Bytes of the files in a folder of ours; 0 where there is none. */
  async sizeOf(dir: string): Promise<number> {
    const entries = await readdir(dir, { withFileTypes: true, recursive: true }).catch(() => []);
    let sum = 0;
    for (const entry of entries)
      if (entry.isFile())
        sum += (await stat(path.join(entry.parentPath, entry.name)).catch(() => null))?.size ?? 0;
    return sum;
  }
  /** Whether so many more bytes find a place. @throws AppError `models.no-space` */
  async checkSpace(missing: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.incoming);
    const free = bavail * bsize;
    if (missing + DISK_RESERVE > free)
      throw new AppError('models.no-space', {
        need: Math.ceil((missing + DISK_RESERVE) / 1e6),
        free: Math.floor(free / 1e6),
      });
  }
  /** Takes a copy away: out of sight in one step, then bit by bit. */
  async discard(id: string, forget: () => Promise<void>): Promise<void> {
    const gone = path.join(this.dir, `${REMOVED}${id}`);
    await rm(gone, { recursive: true, force: true });
    if (this.has(id)) await moveAnything(this.pathOf(id), gone);
    await forget();
    await rm(gone, { recursive: true, force: true });
  }

  /**
   * After a start: models that were whole on the disk but not in the list yet (a crash between the two), or that an older copy of the
   * database does not know. What was left behind half-way and is old goes.
   */
  async recover(known: ReadonlySet<string>, now: number): Promise<ModelRecord[]> {
    const found: ModelRecord[] = [];
    const entries = await readdir(this.dir, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isDirectory() || entry.isSymbolicLink()) continue;
      if (entry.name.startsWith(REMOVED))
        await rm(path.join(this.dir, entry.name), { recursive: true, force: true });
      else if (entry.name !== INCOMING && !known.has(entry.name)) {
        const model = await this.readMarker(entry.name);
        if (model && this.look(model) === 'same') found.push(model);
      }
    }
    for (const entry of await readdir(this.incoming, { withFileTypes: true }).catch(() => [])) {
      const at = path.join(this.incoming, entry.name);
      const seen = await stat(at).catch(() => null);
      if (seen && now - seen.mtimeMs > KEEP_PARTS_MS) await rm(at, { recursive: true, force: true });
    }
    return found;
  }
  private async readMarker(id: string): Promise<ModelRecord | null> {
    try {
      const model = ModelRecord.parse(JSON.parse(await readFile(path.join(this.dir, id, MARKER), 'utf8')));
      // a folder that was renamed by hand would lead its description astray
      return model.id === id && model.root === id && model.storage === 'copy' ? model : null;
    } catch (cause) {
      this.log.warn('a folder among the models is none of ours', { id, cause });
      return null;
    }
  }
  async make(): Promise<void> {
    await mkdir(this.incoming, { recursive: true, mode: 0o700 });
  }
}

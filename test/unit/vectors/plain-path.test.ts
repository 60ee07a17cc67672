import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { byPlainPath } from '../../../main/vectors/plain-path.ts';
import { tempDir } from '../../helpers/temp.ts';

const japanese = (): string => {
  const dir = path.join(tempDir(), '田中', 'AppData');
  mkdirSync(dir, { recursive: true });
  return dir;
};

describe('a path for native code', () => {
  it('is the file’s own where that is plain', () => {
    const file = path.join(tempDir(), 'a.hnsw');
    expect(byPlainPath(file, (plain) => plain)).toBe(file);
  });

  it('is plain where the folder is not, and leads to the very file, read or written', () => {
    const file = path.join(japanese(), 'a.hnsw');
    const plain = byPlainPath(file, (given) => {
      writeFileSync(given, 'written');
      return given;
    });
    expect(plain).toMatch(/^[\x20-\x7e]+$/);
    expect(readFileSync(file, 'utf8')).toBe('written');
    expect(byPlainPath(file, (given) => readFileSync(given, 'utf8'))).toBe('written');
  });

  it('is gone afterwards, and the file is not, also where its use failed', () => {
    const [file, place] = [path.join(japanese(), 'a.hnsw'), tempDir()];
    writeFileSync(file, 'kept');
    const fail = (): void =>
      byPlainPath(
        file,
        (given) => {
          expect(existsSync(given)).toBe(true);
          throw new Error('disk full');
        },
        [place],
      );
    expect(fail).toThrow('disk full');
    expect(readdirSync(place)).toEqual([]);
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });

  it('leads through the first place that is plain and can be written to', () => {
    const [file, place] = [path.join(japanese(), 'a.hnsw'), tempDir()];
    const places = [japanese(), path.join(place, 'not-there'), place];
    expect(byPlainPath(file, (given) => given, places).startsWith(path.join(place, 'toride-'))).toBe(true);
    // nothing else is left to try: as good as before
    expect(byPlainPath(file, (given) => given, [japanese()])).toBe(file);
  });
});

import { describe, expect, it } from 'vitest';
import { readKnowHowFile } from '../../../renderer/screens/knowledge/read-file.ts';

const file = (name: string, bytes: Uint8Array<ArrayBuffer> | string): File => new File([bytes], name);

describe('files dropped as know-how', () => {
  it('takes its title from the first heading, else from its name', async () => {
    expect(await readKnowHowFile(file('a.md', 'x\n# 補正が詰まったとき\n本文'))).toMatchObject({
      title: '補正が詰まったとき',
    });
    expect(await readKnowHowFile(file('引き継ぎ.txt', '本文'))).toMatchObject({
      title: '引き継ぎ',
      text: '本文',
    });
  });
  it('reads Shift_JIS as old Windows programs write it', async () => {
    const bytes = new Uint8Array([0x8e, 0xe8, 0x8f, 0x87]);
    expect(await readKnowHowFile(file('a.txt', bytes))).toMatchObject({ kind: 'read', text: '手順' });
  });
  it('refuses what is not text, by name', async () => {
    expect(await readKnowHowFile(file('a.pdf', 'x'))).toEqual({ kind: 'wrong-kind', name: 'a.pdf' });
    expect(await readKnowHowFile(file('a.txt', new Uint8Array([0, 1, 2])))).toEqual({
      kind: 'not-text',
      name: 'a.txt',
    });
  });
});

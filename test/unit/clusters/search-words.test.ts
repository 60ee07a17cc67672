import { describe, expect, it } from 'vitest';
import { fuseRanks } from '../../../main/clusters/find-by-words.ts';
import { embeddedText, messageOf } from '../../../main/clusters/template-words.ts';
import { templateOf } from '../../engine/clusters/made-logs.ts';

describe('fused ranks', () => {
  it('put what both lists have before what one has; first in both is 1', () => {
    const fused = fuseRanks(['a', 'b', 'c'], ['a', 'd', 'b']);
    expect(fused.map((f) => f.key)).toEqual(['a', 'b', 'd', 'c']);
    expect(fused[0]).toEqual({ key: 'a', score: 1, lexicalRank: 1, vectorRank: 1 });
    expect(fused[2]).toMatchObject({ lexicalRank: null, vectorRank: 2 });
    expect(fuseRanks([], [])).toEqual([]);
  });
});

describe('the text that is embedded', () => {
  it('is the message: no parameters, no names of fields, identifiers taken apart', () => {
    const text = (t: string): string => embeddedText(templateOf({ id: 1, text: t }));
    expect(text('画面を開きました user=<*> 所要=<*>')).toBe('画面を開きました');
    expect(text('shouldBlockLocation ret:<*>')).toBe('should Block Location ret:');
    expect(text('HTTPServer.start_now <*>')).toBe('HTTP Server start now');
  });

  it('is everything where there are fields only', () => {
    expect(messageOf(templateOf({ id: 1, text: 'user=<*> pid=<*>' }))).toBe('user= pid=');
    expect(messageOf(templateOf({ id: 1, text: '<*>' }))).toBe('');
  });
});

import { describe, expect, it } from 'vitest';
import { href, parseRoute } from '../../../renderer/router.ts';

describe('addresses of screens', () => {
  it('opens the situation when there is no address', () => {
    expect(parseRoute('')).toEqual({ screen: 'situation', id: null, query: {} });
    expect(parseRoute('#/')).toEqual({ screen: 'situation', id: null, query: {} });
  });
  it('carries ids and cells with any characters there and back', () => {
    const cell = '札幌\u001f523201\u001fエントリ1';
    expect(parseRoute(href('situation', null, { cell }))).toEqual({
      screen: 'situation',
      id: null,
      query: { cell },
    });
    expect(parseRoute(href('chat', 'a/b?c#d'))).toMatchObject({ screen: 'chat', id: 'a/b?c#d' });
  });
  it('leaves empty query values out and survives a broken escape', () => {
    expect(href('chat', null, { ask: null, x: '' })).toBe('#/chat');
    expect(parseRoute('#/chat/%E3%8')).toMatchObject({ screen: 'chat', id: '%E3%8' });
  });
});

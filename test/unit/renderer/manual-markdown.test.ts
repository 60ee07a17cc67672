import { describe, expect, it } from 'vitest';
import { parseBlocks, parseInline } from '../../../renderer/ui/markdown.tsx';

describe('the manual’s Markdown', () => {
  it('knows headings, paragraphs, lists, tables and code', () => {
    const blocks = parseBlocks(
      '# 題\n一行目\n二行目\n\n- a\n- b\n  続き\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n1. 一',
    );
    expect(blocks.map(({ line: _, ...block }) => block)).toEqual([
      { kind: 'heading', level: 1, text: '題', id: '題' },
      { kind: 'text', text: '一行目 二行目' },
      { kind: 'list', ordered: false, items: ['a', 'b 続き'] },
      { kind: 'table', head: ['x', 'y'], rows: [['1', '2']] },
      { kind: 'code', text: 'code' },
      { kind: 'list', ordered: true, items: ['一'] },
    ]);
  });
  it('links only inside the app', () => {
    expect(
      parseInline('**太字** `x` [設定](#/settings) [外](https://example.com)').map((p) => [p.kind, p.text]),
    ).toEqual([
      ['bold', '太字'],
      ['text', ' '],
      ['code', 'x'],
      ['text', ' '],
      ['link', '設定'],
      ['text', ' [外](https://example.com)'],
    ]);
  });
});

import { MantineProvider } from '@mantine/core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Markdown } from '../../../renderer/ui/markdown.tsx';

const written = (text: string): string =>
  renderToStaticMarkup(createElement(MantineProvider, null, createElement(Markdown, { text })));
/** the elements that a reader sees, without their classes */
const plain = (text: string): string =>
  written(text)
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ (?!href=)[\w-]+="[^"]*"/g, '');

describe('the manual’s Markdown', () => {
  it('knows headings, paragraphs, lists, tables and code', () => {
    const shown = plain(
      '# 題\n一行目\n二行目\n\n- a\n- b\n  続き\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n\n1. 一',
    );
    for (const part of ['<h1>題</h1>', '一行目\n二行目', 'b\n続き', '<th>x</th>', '<td>2</td>', 'code\n'])
      expect(shown).toContain(part);
    expect(shown).toMatch(/<ul>.*<\/ul>[\s\S]*<ol>/s);
  });
  it('links only inside the app', () => {
    const shown = plain('**太字** `x` [設定](#/settings) [外](https://example.com)');
    expect(shown).toContain('<strong>太字</strong>');
    expect(shown).toContain('<code>x</code>');
    expect(shown).toContain('<a href="#/settings">設定</a>');
    expect(shown).toContain('外');
    expect(shown).not.toContain('example.com');
  });
  it('makes no markup and loads nothing', () => {
    const shown = written('<img src="x" onerror="alert(1)"> ![図](file:///etc/passwd) <b>太い</b>');
    expect(shown).not.toMatch(/<img|<b>/);
    expect(shown).toContain('&lt;b&gt;');
  });
});

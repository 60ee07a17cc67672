import { Anchor, Code, List, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** The small Markdown of our own manual, as elements: no string ever becomes markup. */
export function Markdown({ text }: { readonly text: string }) {
  return <div>{parseBlocks(text).map((block) => write(block))}</div>;
}

const inline = (text: string): ReactNode[] =>
  parseInline(text).map((part) => {
    if (part.kind === 'bold') return <strong key={part.at}>{part.text}</strong>;
    if (part.kind === 'code') return <Code key={part.at}>{part.text}</Code>;
    if (part.kind === 'link')
      return (
        <Anchor key={part.at} href={part.href} fz="inherit">
          {part.text}
        </Anchor>
      );
    return part.text;
  });

function write(block: Block): ReactNode {
  const key = block.line;
  switch (block.kind) {
    case 'heading':
      return (
        <Title key={key} order={block.level} id={block.id} mt={block.level === 1 ? 0 : 'lg'} mb="xs">
          {inline(block.text)}
        </Title>
      );
    case 'list':
      return (
        <List key={key} type={block.ordered ? 'ordered' : 'unordered'} my="xs" spacing={4} size="md">
          {block.items.map((item) => (
            <List.Item key={item}>{inline(item)}</List.Item>
          ))}
        </List>
      );
    case 'code':
      return (
        <Code key={key} block my="sm">
          {block.text}
        </Code>
      );
    case 'table':
      return (
        <Table key={key} my="sm" withTableBorder fz="sm">
          <Table.Thead>
            <Table.Tr>
              {block.head.map((cell) => (
                <Table.Th key={cell}>{inline(cell)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {block.rows.map((row) => (
              <Table.Tr key={row.join('|')}>
                {row.map((cell, column) => (
                  <Table.Td key={`${block.head[column]}`}>{inline(cell)}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      );
    default:
      return (
        <Text key={key} my="xs">
          {inline(block.text)}
        </Text>
      );
  }
}

/** Headings, paragraphs, lists, tables, fenced code; bold, code and links inside. Enough for our manual, and nothing else. */
export type Block = { readonly line: number } & (
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string; readonly id: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
);
export type Inline =
  | { readonly kind: 'text' | 'bold' | 'code'; readonly at: number; readonly text: string }
  | { readonly kind: 'link'; readonly at: number; readonly text: string; readonly href: string };

const ITEM = /^\s*(?:[-*]|(\d+)\.)\s+(.*)$/;
const FENCE = /^```/;
const HEADING = /^(#{1,3})\s+(.*)$/;
const starts = (line: string): boolean =>
  ITEM.test(line) || FENCE.test(line) || HEADING.test(line) || line.startsWith('|');
export const headingId = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
const cells = (line: string): string[] =>
  line
    .replace(/^\||\|\s*$/g, '')
    .split('|')
    .map((cell) => cell.trim());

export function parseBlocks(source: string): Block[] {
  const lines = source.split(/\r?\n/);
  const blocks: Block[] = [];
  const takeWhile = (from: number, keep: (line: string) => boolean): string[] => {
    const end = lines.findIndex((line, i) => i >= from && !keep(line));
    return lines.slice(from, end < 0 ? lines.length : end);
  };
  for (let i = 0; i < lines.length; ) {
    const line = lines[i] ?? '';
    const heading = HEADING.exec(line);
    if (line.trim() === '') i += 1;
    else if (FENCE.test(line)) {
      const body = takeWhile(i + 1, (l) => !FENCE.test(l));
      blocks.push({ kind: 'code', line: i, text: body.join('\n') });
      i += body.length + 2;
    } else if (heading) {
      const text = heading[2] ?? '';
      const level = heading[1]?.length === 1 ? 1 : heading[1]?.length === 2 ? 2 : 3;
      blocks.push({ kind: 'heading', line: i, level, text, id: headingId(text) });
      i += 1;
    } else if (line.startsWith('|')) {
      const rows = takeWhile(i, (l) => l.startsWith('|'));
      const [head = '', , ...body] = rows;
      blocks.push({ kind: 'table', line: i, head: cells(head), rows: body.map(cells) });
      i += rows.length;
    } else if (ITEM.test(line)) {
      const rows = takeWhile(i, (l) => ITEM.test(l) || /^\s{2,}\S/.test(l));
      const items: string[] = [];
      for (const row of rows) {
        const item = ITEM.exec(row)?.[2];
        if (item !== undefined) items.push(item);
        else items.push(`${items.pop() ?? ''} ${row.trim()}`);
      }
      blocks.push({ kind: 'list', line: i, ordered: ITEM.exec(line)?.[1] !== undefined, items });
      i += rows.length;
    } else {
      const rows = [line, ...takeWhile(i + 1, (l) => l.trim() !== '' && !starts(l))];
      blocks.push({ kind: 'text', line: i, text: rows.join(' ') });
      i += rows.length;
    }
  }
  return blocks;
}

const MARK = /\*\*([^*]+)\*\*|`([^`]+)`|\[([^\]]+)\]\((#[^)\s]*)\)/g;
/** Only links inside the app (`#/…`) are links; everything else stays text. */
export function parseInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let at = 0;
  for (const found of text.matchAll(MARK)) {
    if (found.index > at) parts.push({ kind: 'text', at, text: text.slice(at, found.index) });
    const [whole, bold, code, label, href] = found;
    if (bold !== undefined) parts.push({ kind: 'bold', at: found.index, text: bold });
    else if (code !== undefined) parts.push({ kind: 'code', at: found.index, text: code });
    else parts.push({ kind: 'link', at: found.index, text: label ?? '', href: href ?? '' });
    at = found.index + whole.length;
  }
  if (at < text.length) parts.push({ kind: 'text', at, text: text.slice(at) });
  return parts;
}

import { Anchor, Code, List, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Block, parseBlocks, parseInline } from './parse-markdown.ts';

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

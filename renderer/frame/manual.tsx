import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { href, useRoute } from '../router.ts';
import { Markdown } from '../ui/markdown.tsx';
import { PageHeader } from '../ui/page.tsx';
import { Pending } from '../ui/states.tsx';
import { useLang, useWords } from '../words.ts';

// resources/manual/<language>/<page>.md, shipped inside the app: readable with no network
const pages = import.meta.glob<string>('../../resources/manual/*/*.md', { query: '?raw', import: 'default' });
const pagesOf = (lang: string): { name: string; load: () => Promise<string> }[] =>
  Object.entries(pages).flatMap(([path, load]) => {
    const name = path.match(new RegExp(`/manual/${lang}/(.+)\\.md$`))?.[1];
    return name ? [{ name, load }] : [];
  });
export const hasManual = Object.keys(pages).length > 0;
const firstHeading = (text: string): string => /^#\s+(.+)$/m.exec(text)?.[1] ?? '';

export function Manual() {
  const t = useWords('frame');
  const lang = useLang();
  const { id } = useRoute();
  const book = useQuery({
    queryKey: ['manual', lang],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => Promise.all(pagesOf(lang).map(async ({ name, load }) => ({ name, text: await load() }))),
  });
  if (!book.isSuccess) return <Pending of={book} kind="text" />;
  const page = book.data.find((p) => p.name === id) ?? book.data[0];
  return (
    <>
      <PageHeader title={t('manual.title')} />
      <Group align="flex-start" gap="xl" wrap="nowrap">
        <Stack component="nav" gap={6} w={200} aria-label={t('manual.contents')}>
          {book.data.map(({ name, text }) => (
            <Anchor
              key={name}
              href={href('manual', name)}
              size="sm"
              aria-current={name === page?.name ? 'page' : undefined}
            >
              {firstHeading(text) || name}
            </Anchor>
          ))}
        </Stack>
        <Text component="div" maw="46rem" flex={1}>
          {page && <Markdown text={page.text} />}
        </Text>
      </Group>
    </>
  );
}

import { Anchor, Group, Popover, Text, UnstyledButton } from '@mantine/core';
import { IconBook2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Citation } from '../../../main/api/contract/chat.ts';
import { wordSource } from '../../../main/api/contract/words/knowledge.ts';
import { href } from '../../router.ts';
import { Fine } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import classes from './chat.module.css';

/** The know-how an answer leans on: the very passage, and the way to its document. */
export function Citations({ citations }: { readonly citations: readonly Citation[] }) {
  const { t } = useTranslation('chat');
  const { lang } = useFormat();
  if (citations.length === 0) return null;
  return (
    <Group gap={6}>
      <Fine>{t('sources')}</Fine>
      {citations.map((citation, i) => (
        <Popover key={citation.chunkId} width={380} position="top-start" withArrow shadow="md" trapFocus>
          <Popover.Target>
            <UnstyledButton className={classes['citation']}>
              <IconBook2 size={13} aria-hidden />
              {i + 1}. {wordSource(citation.title, citation.place, lang)}
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown>
            <Text size="sm" mah={220} style={{ whiteSpace: 'pre-wrap', overflowY: 'auto' }}>
              {citation.excerpt}
            </Text>
            <Anchor
              size="sm"
              href={href('knowledge', citation.documentId, { chunk: citation.chunkId })}
              mt="xs"
              display="inline-block"
            >
              {t('openDocument')}
            </Anchor>
          </Popover.Dropdown>
        </Popover>
      ))}
    </Group>
  );
}

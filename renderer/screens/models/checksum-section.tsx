import { Anchor, Button, CopyButton, Group, Text, Title } from '@mantine/core';
import { useId } from 'react';
import type { ModelView } from '../../../main/llm/contract/models.ts';
import { href } from '../../router.ts';
import { Facts } from '../../ui/page.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './models.module.css';

/** Whether it is its publisher's file; where nobody told Toride what that is like, what a person needs to compare it. */
export function ChecksumSection({ model }: { readonly model: ModelView }) {
  const t = useWords('models');
  const format = useFormat();
  const heading = useId();
  const { checksum, sha256 } = model;
  const { file, bytes, listedBytes } = model.compared;
  const size = { bytes: format.number(bytes) };
  return (
    <section aria-labelledby={heading}>
      <Title order={3} mb="xs" id={heading}>
        {t('checksum.title')}
      </Title>
      <Text size="sm">{t(`checksum.help.${checksum}`)}</Text>
      {checksum !== 'matches' && (
        <Text size="sm" my="xs">
          {t('checksum.byHand')}{' '}
          <Anchor size="sm" underline="always" href={href('manual', 'models-carry')}>
            {t('checksum.how')}
          </Anchor>
        </Text>
      )}
      <Facts
        facts={[
          [t('checksum.file'), file],
          [
            t('checksum.bytes'),
            listedBytes === null
              ? t('checksum.bytesOf', size)
              : t('checksum.listed', { ...size, listed: format.bytes(listedBytes) }),
          ],
          [
            t('checksum.sha'),
            <Group key="sha" gap="xs">
              <span className={classes['path']}>{sha256 ?? t('common:unknown')}</span>
              {sha256 !== null && (
                <CopyButton value={sha256}>
                  {({ copied, copy }) => (
                    <Button size="compact-xs" variant="subtle" onClick={copy}>
                      {copied ? t('common:copied') : t('known.sha')}
                    </Button>
                  )}
                </CopyButton>
              )}
            </Group>,
          ],
        ]}
      />
    </section>
  );
}

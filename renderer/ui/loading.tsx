import { SimpleGrid, Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';

type Props = {
  readonly kind?: 'rows' | 'tiles' | 'text';
  readonly count?: number;
};
/** The shape of what is coming. */
export function Loading({ kind = 'rows', count = 6 }: Props) {
  const { t } = useTranslation();
  const bones = Array.from({ length: count }, (_, i) => i);
  return (
    <div aria-busy="true">
      <VisuallyHidden role="status">{t('loading')}</VisuallyHidden>
      {kind === 'tiles' ? (
        <SimpleGrid cols={{ base: 2, md: 4 }}>
          {bones.map((i) => (
            <Skeleton key={i} height={92} radius="md" />
          ))}
        </SimpleGrid>
      ) : (
        <Stack gap="xs">
          {bones.map((i) => (
            <Skeleton
              key={i}
              height={kind === 'rows' ? 34 : 14}
              width={kind === 'text' ? `${92 - (i % 3) * 14}%` : '100%'}
            />
          ))}
        </Stack>
      )}
    </div>
  );
}

import { Button, Group, Loader, Text } from '@mantine/core';
import { IconPlayerStop } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../../../ui/loading.tsx';

/** most searches are over before anybody could reach a button */
const LONG_MS = 700;

/** Before the first lines are there; a long search can be stopped. */
export function Searching({ onStop }: { readonly onStop: () => void }) {
  const { t } = useTranslation('logs');
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      {isLong && (
        <Group gap="sm" mb="xs" justify="center">
          <Loader size="xs" />
          <Text size="sm" role="status">
            {t('list.searching')}
          </Text>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlayerStop size={14} />}
            onClick={onStop}
          >
            {t('list.stop')}
          </Button>
        </Group>
      )}
      <Loading count={14} />
    </>
  );
}

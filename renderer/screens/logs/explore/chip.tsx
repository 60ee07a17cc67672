import { Box, CloseButton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './explore.module.css';

type Props = {
  readonly label: string;
  readonly value: string;
  /** lines with it are left out */
  readonly not?: boolean;
  readonly onRemove: () => void;
};
/** One condition, with the way out of it. */
export function Chip({ label, value, not = false, onRemove }: Props) {
  const { t } = useTranslation('logs');
  return (
    <span className={classes['chip']} data-not={not || undefined} title={value}>
      <Box component="span" flex="none" c="dimmed">
        {not ? t('filter.not', { label }) : label}
      </Box>
      <Text span inherit truncate fw={600}>
        {value}
      </Text>
      <CloseButton size={18} aria-label={t('filter.remove', { label, value })} onClick={onRemove} />
    </span>
  );
}

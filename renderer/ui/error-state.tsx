import { Box, Button, Flex, Text } from '@mantine/core';
import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { wordError } from '../../main/api/contract/errors.ts';
import { isCancelled, toWordable, type WordableError } from '../errors.ts';
import { useFormat } from '../use-format.ts';
import classes from './states.module.css';
import { Strong } from './text.tsx';

type Props = {
  /** whatever was thrown, or error data of the engine through `fromErrorData` */
  readonly error: unknown;
  readonly retry?: () => void;
};
const isWordable = (error: unknown): error is WordableError =>
  typeof error === 'object' &&
  error !== null &&
  !(error instanceof Error) &&
  'code' in error &&
  'params' in error;

/** What went wrong and what to do next, in words; stays until it is fixed. Something a person stopped shows nothing. */
export function ErrorState({ error, retry }: Props) {
  const { t } = useTranslation();
  const { lang } = useFormat();
  if (isCancelled(error)) return null;
  const { say, next } = wordError(isWordable(error) ? error : toWordable(error), lang);
  return (
    <Flex
      role="alert"
      align="flex-start"
      gap="0.75rem"
      p="0.75rem 1rem"
      bd="1px solid var(--danger-line)"
      bdrs="md"
      bg="var(--danger-soft)"
    >
      <IconAlertTriangleFilled size={18} className={classes['errorIcon']} aria-hidden />
      <Box flex={1} miw={0}>
        <Strong>{say}</Strong>
        <Text size="sm">{next}</Text>
      </Box>
      {retry && (
        <Button variant="default" size="xs" onClick={retry}>
          {t('retry')}
        </Button>
      )}
    </Flex>
  );
}

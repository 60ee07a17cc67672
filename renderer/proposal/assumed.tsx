import { Box, Button, Text } from '@mantine/core';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isAssumed, type Proposal } from '../../main/api/contract/placement.ts';
import classes from './proposal.module.css';
import { useChangeWords } from './use-change-words.ts';

/** What a plan supposes though it is not the case, and the way to one that can be approved. */
export function Assumed({
  proposal,
  onReal,
}: {
  readonly proposal: Proposal;
  /** solves for the situation as it is, with the moves of this plan pinned; null while that cannot be */
  readonly onReal: (() => void) | null;
}) {
  const { t } = useTranslation('proposals');
  const words = useChangeWords();
  if (!isAssumed(proposal)) return null;
  return (
    <div className={classes['stale']} role="status">
      <IconArrowsSplit2 size={20} aria-hidden />
      <div>
        <b>{t('assumed.title')}</b>
        <Box component="ul" m="2px 0 4px" pl="1.3em">
          {proposal.scope.assume?.map((change) => (
            <li key={JSON.stringify(change)}>{words(change)}</li>
          ))}
        </Box>
        <Text size="sm">{t('assumed.text')}</Text>
      </div>
      {onReal && (
        <Button size="compact-sm" onClick={onReal}>
          {t('assumed.action')}
        </Button>
      )}
    </div>
  );
}

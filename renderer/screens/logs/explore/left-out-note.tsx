import { Button, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LeftOutBlock } from '../../../../main/api/contract/logs.ts';
import { navigate } from '../../../router.ts';
import { useFormat } from '../../../use-format.ts';
import classes from './explore.module.css';

type Props = {
  /** of the pages of lines and of the counts; the same block may be in both */
  readonly blocks: readonly LeftOutBlock[];
  /** the counts go without them too */
  readonly isCounted: boolean;
};

/** Lines that cannot be read any more are in no list: how many, of when, and where it is told what to do. */
export function LeftOutNote({ blocks, isCounted }: Props) {
  const { t } = useTranslation('logs');
  const format = useFormat();
  if (blocks.length === 0) return null;
  const once = [...new Map(blocks.map((one) => [one.block, one])).values()];
  const days = once.flatMap(({ firstDay, lastDay }) => [firstDay, lastDay]).sort();
  return (
    <div className={classes['leftOut']} role="status">
      <IconAlertTriangle size={18} aria-hidden />
      <Text size="sm" span flex={1}>
        {t(isCounted ? 'leftOut.counted' : 'leftOut.listed', {
          n: format.number(once.reduce((sum, { lines }) => sum + lines, 0)),
          days: format.days(days[0] ?? '', days.at(-1) ?? ''),
        })}
      </Text>
      <Button size="compact-xs" variant="default" flex="none" onClick={() => navigate('logs', 'sources')}>
        {t('leftOut.what')}
      </Button>
    </div>
  );
}

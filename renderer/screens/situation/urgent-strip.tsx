import { Box, Button, Flex, Group } from '@mantine/core';
import { IconAlertTriangleFilled, IconEye, IconMessageCircle, IconSparkles } from '@tabler/icons-react';
import type { SituationRow } from '../../../main/analytics/contract/situation.ts';
import { partDue } from '../../../main/api/contract/format.ts';
import { navigate } from '../../router.ts';
import { OnTimeBar } from '../../ui/bars.tsx';
import { Fine } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { askAbout, proposeFor } from './actions.ts';
import classes from './urgent-strip.module.css';

type Props = {
  readonly rows: readonly SituationRow[];
  readonly now: number;
  readonly onOpen: (cellId: string) => void;
};
const SHOWN = 4;

/** What asks for a decision now, worst first, with the two ways on. */
export function UrgentStrip({ rows, now, onOpen }: Props) {
  const t = useWords('situation');
  if (rows.length === 0) return null;
  return (
    <section aria-label={t('urgentTitle')} className={classes['strip']}>
      {rows.slice(0, SHOWN).map((row) => (
        <UrgentCard key={row.cellId} row={row} now={now} onOpen={onOpen} />
      ))}
    </section>
  );
}

type CardProps = { readonly row: SituationRow; readonly now: number; readonly onOpen: Props['onOpen'] };
function UrgentCard({ row, now, onOpen }: CardProps) {
  const t = useWords('situation');
  const format = useFormat();
  const ask = askAbout(
    row,
    t('askText', { location: row.location, process: row.process, business: row.businessName }),
  );
  const plan = proposeFor(row);
  const part = partDue(row);
  return (
    <article className={classes['card']} data-risk={row.risk}>
      <button type="button" className={classes['main']} onClick={() => onOpen(row.cellId)}>
        <Flex component="span" align="center" gap={8} fz={13}>
          <span className={classes['risk']}>
            {row.risk === 'danger' ? <IconAlertTriangleFilled size={15} /> : <IconEye size={15} />}
            {t(`risk.${row.risk}`)}
          </span>
          <Box component="span" ml="auto" fw={700}>
            {row.deadline === null ? t('noDeadline') : format.countdown(row.deadline, now)}
          </Box>
        </Flex>
        <span className={classes['name']}>
          {row.location} {row.process}
          <small>{row.businessName}</small>
        </span>
        <OnTimeBar value={row.pOnTime} risk={row.risk} large />
        <Fine span>
          {t('tile.backlog')} {format.number(row.backlog)}
          {t('itemsUnit')}
          {part !== null && `${format.dot}${t('drawer.due', { n: format.number(part) })}`}
          {row.shortItems >= 1 && `${format.dot}${t('short', { items: format.number(row.shortItems) })}`}
          {row.deadline !== null && `${format.dot}${t('column.deadline')} ${format.time(row.deadline)}`}
        </Fine>
      </button>
      <Group gap={6} p="4px 12px 12px" mt="auto">
        <Button
          size="compact-sm"
          leftSection={<IconSparkles size={15} />}
          onClick={() => navigate(plan.screen, null, plan.query)}
        >
          {t('propose')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconMessageCircle size={15} />}
          onClick={() => navigate(ask.screen, null, ask.query)}
        >
          {t('ask')}
        </Button>
      </Group>
    </article>
  );
}

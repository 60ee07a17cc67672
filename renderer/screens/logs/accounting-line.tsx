import { Flex } from '@mantine/core';
import { IconAlertTriangleFilled, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../engine-hooks.ts';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './logs.module.css';

type SumProps = {
  readonly lines: number;
  readonly templated: number;
  readonly unparsed: number;
  readonly addsUp: boolean;
};
/** `302,341 行 = 定型文 302,100 + 未処理 241`, with a mark that says whether it adds up. */
export function LineSum({ lines, templated, unparsed, addsUp }: SumProps) {
  const t = useWords('logs');
  const format = useFormat();
  const Icon = addsUp ? IconCircleCheck : IconAlertTriangleFilled;
  return (
    <span className={classes['sum']} data-ok={addsUp}>
      <Icon size={14} role="img" aria-label={t(addsUp ? 'sum.ok' : 'sum.wrong')} />
      <span>
        {t('sum.text', {
          lines: format.number(lines),
          templated: format.number(templated),
          unparsed: format.number(unparsed),
        })}
      </span>
    </span>
  );
}

/** All lines ever read, accounted for. */
export function AccountingLine() {
  const t = useWords('logs');
  const format = useFormat();
  const accounting = useQuery(orpc.logs.accounting.queryOptions()).data;
  if (!accounting || accounting.lines === 0) return t('subtitle');
  return (
    <Flex component="span" display="inline-flex" wrap="wrap" align="center" gap="0.1rem 0.6rem">
      <LineSum {...accounting} />
      <span>{t('sum.templates', { n: format.number(accounting.templates) })}</span>
    </Flex>
  );
}

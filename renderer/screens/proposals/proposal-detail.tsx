import { Anchor } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ProposalCard } from '../../proposal/proposal-card.tsx';
import { href, replaceRoute } from '../../router.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import classes from './proposals.module.css';

export function ProposalDetail({ id }: { readonly id: string }) {
  const { t } = useTranslation('proposals');
  return (
    <div className={classes['detail']}>
      <PageHeader
        title={t('title')}
        subtitle={
          <Anchor href={href('proposals')} size="sm" className="no-print">
            <IconChevronLeft size={14} aria-hidden /> {t('backToList')}
          </Anchor>
        }
      />
      <ProposalCard id={id} keys onReplaced={(next) => replaceRoute('proposals', next)} />
    </div>
  );
}

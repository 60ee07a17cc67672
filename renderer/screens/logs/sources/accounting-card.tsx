import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Accounting } from '../../../../main/api/contract/logs.ts';
import { StatTile } from '../../../ui/stat-tile.tsx';
import { useFormat } from '../../../use-format.ts';
import { LineSum } from '../accounting-line.tsx';
import { useByteWords, useSizeWords } from '../byte-words.ts';

/** The sum over all sources, counted twice: by those who read, and from what is stored. */
export function AccountingCard({ accounting }: { readonly accounting: Accounting }) {
  const { t } = useTranslation('logs');
  const format = useFormat();
  const bytes = useByteWords();
  const sizeWords = useSizeWords();
  const { rawBytes, storedBytes, expired, keepDays, oldestDay } = accounting;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="sm">
      <StatTile
        label={t('account.lines')}
        value={format.number(accounting.lines)}
        unit={t('account.lineUnit')}
        tone={accounting.addsUp ? 'plain' : 'danger'}
        hint={<LineSum {...accounting} />}
      />
      <StatTile
        label={t('account.stored')}
        value={format.number(accounting.storedTemplated + accounting.storedUnparsed + expired)}
        unit={t('account.lineUnit')}
        hint={t(expired > 0 ? 'account.storedExpired' : 'account.storedHint', {
          expired: format.number(expired),
        })}
      />
      <StatTile
        label={t('account.size')}
        value={bytes(storedBytes)}
        hint={sizeWords(rawBytes, storedBytes)}
      />
      <StatTile
        label={t('account.keep')}
        value={keepDays}
        unit={t('account.dayUnit')}
        hint={oldestDay === null ? t('account.noDay') : t('account.oldest', { day: oldestDay })}
      />
    </SimpleGrid>
  );
}

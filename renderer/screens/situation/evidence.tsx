import { List, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { CellDetail } from '../../../main/api/contract/situation.ts';
import { type Format, useFormat } from '../../use-format.ts';

/** The chance in words, each sentence one step of the reckoning. */
export const evidenceSentences = (
  detail: CellDetail,
  t: TFunction<'situation'>,
  format: Format,
): string[] => {
  const { row, evidence } = detail;
  if (row.deadline === null) return [t('evidence.none')];
  const due = row.lots.filter((lot) => lot.deadline <= (row.deadline ?? 0));
  const items = due.reduce((sum, lot) => sum + lot.items, 0);
  const sentences = [
    t('evidence.demand', {
      deadline: format.time(row.deadline),
      items: format.number(items),
      required: evidence.required === null ? t('unknown') : format.number(evidence.required),
    }),
    evidence.rate === null
      ? t('evidence.noSpeed')
      : evidence.rateCv === null
        ? t('evidence.speedOnly', { rate: format.number(evidence.rate * 60) })
        : t('evidence.speed', {
            rate: format.number(evidence.rate * 60),
            cv: format.percent(evidence.rateCv),
          }),
    t('evidence.effort', { effort: format.minutes(evidence.effortMinutes) }),
  ];
  if (evidence.arrivals >= 1)
    sentences.push(t('evidence.arrivals', { items: format.number(evidence.arrivals) }));
  if (evidence.expected !== null && evidence.sd !== null)
    sentences.push(
      t('evidence.expected', { expected: format.number(evidence.expected), sd: format.number(evidence.sd) }),
    );
  const room = (evidence.expected ?? items) - items;
  if (row.shortItems >= 1) sentences.push(t('evidence.short', { items: format.number(row.shortItems) }));
  else if (room >= 1) sentences.push(t('evidence.enough', { items: format.number(room) }));
  return sentences;
};

export function Evidence({ detail }: { readonly detail: CellDetail }) {
  const { t } = useTranslation('situation');
  const format = useFormat();
  return (
    <List size="sm" spacing={4} type="ordered">
      {evidenceSentences(detail, t, format).map((sentence) => (
        <List.Item key={sentence}>
          <Text size="sm">{sentence}</Text>
        </List.Item>
      ))}
    </List>
  );
}

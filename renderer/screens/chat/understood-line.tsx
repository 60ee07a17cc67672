import { Menu, ScrollArea, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { INTENTS, type IntentResult } from '../../../main/api/contract/chat.ts';
import { orpc } from '../../engine-hooks.ts';
import { useFormat } from '../../use-format.ts';
import classes from './chat.module.css';
import { reaskText, type Slot } from './reask.ts';

type Props = {
  readonly understood: IntentResult;
  readonly question: string;
  /** null while an answer is being written */
  readonly onAsk: ((text: string) => void) | null;
};
type Option = { readonly value: string | null; readonly label: string };

/** 札幌 / エントリ1 / 遅延: what was understood, each part open to correction. */
export function UnderstoodLine({ understood, question, onAsk }: Props) {
  const { t } = useTranslation('chat');
  const { lang } = useFormat();
  const lookup = useQuery(orpc.system.lookup.queryOptions({ staleTime: 5 * 60_000 })).data;
  const any: Option = { value: null, label: t('any') };
  const business = lookup?.businesses.find((b) => b.id === understood.business);
  const chips: { slot: Slot; label: string; options: Option[] }[] = [
    {
      slot: 'location',
      label: understood.location ?? t('any'),
      options: [any, ...(lookup?.locations ?? []).map((name) => ({ value: name, label: name }))],
    },
    {
      slot: 'process',
      label: understood.process ?? t('any'),
      options: [any, ...(lookup?.processes ?? []).map((name) => ({ value: name, label: name }))],
    },
    {
      slot: 'business',
      label: business?.name ?? understood.business ?? t('any'),
      options: [any, ...(lookup?.businesses ?? []).map((b) => ({ value: b.id, label: b.name }))],
    },
    {
      slot: 'intent',
      label: t(`intent.${understood.intent}`),
      options: INTENTS.filter((name) => name !== 'out_of_scope').map((name) => ({
        value: name,
        label: t(`intent.${name}`),
      })),
    },
  ];
  return (
    <div className={classes['understood']}>
      <span title={t('understoodHint')}>{t('understood')}</span>
      {chips.map((chip) => (
        <Menu key={chip.slot} position="bottom-start" withinPortal disabled={onAsk === null}>
          <Menu.Target>
            <UnstyledButton
              className={classes['chip']}
              data-set={chip.slot === 'intent' || understood[chip.slot] !== null || undefined}
              disabled={onAsk === null}
              aria-label={`${t(`slot.${chip.slot}`)}: ${chip.label}`}
            >
              <small>{t(`slot.${chip.slot}`)}</small>
              {chip.label}
              <IconChevronDown size={12} aria-hidden />
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            <ScrollArea.Autosize mah={280}>
              {chip.options.map((option) => (
                <Menu.Item
                  key={option.label}
                  disabled={option.value === understood[chip.slot]}
                  onClick={() =>
                    onAsk?.(
                      reaskText(question, understood, { slot: chip.slot, value: option.value }, t, lang),
                    )
                  }
                >
                  {option.label}
                </Menu.Item>
              ))}
            </ScrollArea.Autosize>
          </Menu.Dropdown>
        </Menu>
      ))}
    </div>
  );
}

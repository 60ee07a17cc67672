import { Menu, ScrollArea, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconHelpCircle, IconX } from '@tabler/icons-react';
import type { Chip, Plan, Reading } from '../../../main/questions/contract/questions.ts';
import { useWords } from '../../words.ts';
import classes from './chat.module.css';
import { changePlans, replaceSpan } from './plan-edit.ts';

type Props = {
  readonly reading: Reading;
  readonly chips: readonly Chip[];
  /** null while an answer is being written, and for all but the newest answer */
  readonly onAsk: ((text: string, plans?: readonly Plan[]) => void) | null;
};

/** How the question was read: its parts, each open to correction, and the words that count for nothing. */
export function ReadingLine({ reading, chips, onAsk }: Props) {
  const t = useWords('chat');
  // the answer says what was not understood; here are the words that would work instead
  const left = reading.account.filter((span) => span.state === 'not-understood' && span.nearest.length > 0);
  return (
    <>
      {chips.length > 0 && (
        <section className={classes['understood']} aria-label={t('understood')}>
          <span title={t('understoodHint')}>{t(reading.by === 'person' ? 'corrected' : 'understood')}</span>
          {chips.map((chip) => (
            <ChipMenu
              key={chip.path}
              chip={chip}
              onChoose={onAsk && ((value) => onAsk(reading.text, changePlans(reading.plans, chip, value)))}
            />
          ))}
        </section>
      )}
      {left.length > 0 && (
        <ul className={classes['left']} aria-label={t('leftTitle')}>
          {left.map((span) => (
            <li key={span.start}>
              <IconHelpCircle size={14} aria-hidden />
              <span>{t('leftInstead', { text: span.text.trim() })}</span>
              {span.nearest.map((word) => (
                <UnstyledButton
                  key={word}
                  className={classes['nearest']}
                  disabled={onAsk === null}
                  aria-label={t('leftReplace', { text: span.text.trim(), word })}
                  onClick={() => onAsk?.(replaceSpan(reading.text, span, word))}
                >
                  {word}
                </UnstyledButton>
              ))}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

type Value = Chip['choices'][number]['value'];
function ChipMenu({
  chip,
  onChoose,
}: {
  readonly chip: Chip;
  readonly onChoose: ((value: Value) => void) | null;
}) {
  const t = useWords('chat');
  const { about } = chip;
  const exchange = chip.choices.filter((choice) => choice.value !== null);
  const takeAway = chip.choices.find((choice) => choice.value === null);
  const label = about ? `${about}: ${chip.text}` : chip.text;
  const body = (
    <>
      {about && <small>{about}</small>}
      {chip.text}
    </>
  );
  if (chip.choices.length === 0)
    return (
      <span className={classes['chip']} data-set>
        {body}
      </span>
    );
  return (
    <Menu position="bottom-start" withinPortal disabled={onChoose === null}>
      <Menu.Target>
        <UnstyledButton
          className={classes['chip']}
          data-set
          disabled={onChoose === null}
          aria-label={label}
          title={t('understoodHint')}
        >
          {body}
          <IconChevronDown size={12} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <ScrollArea.Autosize mah={280} type="auto">
          {exchange.map((choice) => (
            <Menu.Item
              key={choice.label}
              disabled={choice.label === chip.text}
              onClick={() => onChoose?.(choice.value)}
            >
              {choice.label}
            </Menu.Item>
          ))}
        </ScrollArea.Autosize>
        {takeAway && (
          <>
            {exchange.length > 0 && <Menu.Divider />}
            <Menu.Item leftSection={<IconX size={14} />} onClick={() => onChoose?.(null)}>
              {takeAway.label}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

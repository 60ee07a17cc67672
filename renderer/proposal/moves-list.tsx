import { Anchor, Flex, UnstyledButton } from '@mantine/core';
import { IconArrowRight, IconCheck, IconPin } from '@tabler/icons-react';
import { useState } from 'react';
import type { Move } from '../../main/placement/contract/placement.ts';
import { wordGain, wordLedger, wordReason } from '../../main/placement/contract/words.ts';
import { href } from '../router.ts';
import { Fine } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import classes from './proposal.module.css';

/** Who moves from where to what, until when, and why this person. */
export function MovesList({ moves }: { readonly moves: readonly Move[] }) {
  return (
    <ul className={classes['moves']}>
      {moves.map((move) => (
        <MoveRow key={`${move.operatorId}-${move.startsAt}`} move={move} />
      ))}
    </ul>
  );
}

function MoveRow({ move }: { readonly move: Move }) {
  const t = useWords('proposals');
  const format = useFormat();
  const ledger = wordLedger(move, format.lang);
  return (
    <li className={classes['move']}>
      <Flex gap={10}>
        <span className={classes['avatar']} aria-hidden>
          {move.name.slice(0, 1)}
        </span>
        <div>
          <b>{t('moves.person', { name: move.name })}</b>
          {move.pinned && (
            <span className={classes['pinned']}>
              <IconPin size={12} aria-hidden />
              {t('moves.pinned')}
            </span>
          )}
          <Fine>
            {t('moves.skill', { level: move.skill })} ·{' '}
            {t('moves.speed', { speed: format.number(move.speed) })}
            {ledger && ` · ${ledger}`}
          </Fine>
        </div>
      </Flex>
      <div>
        <div className={classes['fromTo']}>
          <span>{format.cell(move.from)}</span>
          <IconArrowRight size={16} aria-label="→" />
          <Anchor href={href('situation', null, { cell: move.to.cellId })} fw={700} c="inherit">
            {format.cell(move.to)}
          </Anchor>
        </div>
        <div className={classes['moveFacts']}>
          <span>{t('moves.until', { from: format.time(move.startsAt), to: format.time(move.endsAt) })}</span>
          <span>{t('moves.switch', { time: format.minutes(move.switchMinutes) })}</span>
          <span>{wordGain(move, format.lang, format.zone)}</span>
        </div>
        <Reasons reasons={move.reasons} />
      </div>
    </li>
  );
}

const SHOWN = 4;
/** The strongest reasons; the rest on request. */
function Reasons({ reasons }: { readonly reasons: Move['reasons'] }) {
  const t = useWords('proposals');
  const { lang, zone } = useFormat();
  const [all, setAll] = useState(false);
  if (reasons.length === 0) return null;
  const shown = all || reasons.length <= SHOWN + 1 ? reasons : reasons.slice(0, SHOWN);
  const rest = reasons.length - shown.length;
  return (
    <ul className={classes['reasons']} aria-label={t('moves.why')}>
      {shown.map((reason) => (
        <li key={reason.code}>
          <IconCheck size={13} aria-hidden />
          {wordReason(reason, lang, zone)}
        </li>
      ))}
      {rest > 0 && (
        <li className="no-print">
          <UnstyledButton pl={19} fz={12} c="var(--mantine-color-anchor)" onClick={() => setAll(true)}>
            {t('moves.moreReasons', { count: rest })}
          </UnstyledButton>
        </li>
      )}
    </ul>
  );
}

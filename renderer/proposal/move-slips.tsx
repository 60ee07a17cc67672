import { Portal } from '@mantine/core';
import { useEffect } from 'react';
import type { Proposal } from '../../main/placement/contract/placement.ts';
import { wordReason } from '../../main/placement/contract/words.ts';
import { useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import classes from './move-slips.module.css';

type Props = {
  readonly proposal: Proposal;
  readonly approvedBy: string;
  readonly onDone: () => void;
};

/** One slip for each person, only on paper: A4, one page each, with a place for a seal. Prints when it appears. */
export function MoveSlips({ proposal, approvedBy, onDone }: Props) {
  const t = useWords('proposals');
  const format = useFormat();
  useEffect(() => {
    window.addEventListener('afterprint', onDone);
    window.print();
    return () => window.removeEventListener('afterprint', onDone);
  }, [onDone]);
  return (
    // a node of its own: a hint that is open in the shared one would make the page wider, and what is on it smaller
    <Portal reuseTargetNode={false}>
      <div className={classes['slips']} aria-hidden>
        {proposal.moves.map((move) => (
          <section key={move.operatorId} className={classes['slip']}>
            <h1>{t('slip.title')}</h1>
            <p className={classes['to']}>{t('slip.to', { name: move.name })}</p>
            <p>{t('slip.lead')}</p>
            <table>
              <tbody>
                <tr>
                  <th>{t('slip.from')}</th>
                  <td>{format.cell(move.from)}</td>
                </tr>
                <tr>
                  <th>{t('slip.dest')}</th>
                  <td>
                    <b>{format.cell(move.to)}</b>
                  </td>
                </tr>
                <tr>
                  <th>{t('slip.time')}</th>
                  <td>
                    {format.date(move.startsAt)}{' '}
                    {t('moves.until', { from: format.time(move.startsAt), to: format.time(move.endsAt) })}
                  </td>
                </tr>
                <tr>
                  <th>{t('slip.why')}</th>
                  <td>
                    {move.reasons.map((reason) => (
                      <div key={reason.code}>{wordReason(reason, format.lang, format.zone)}</div>
                    ))}
                  </td>
                </tr>
              </tbody>
            </table>
            <div className={classes['foot']}>
              <span>
                {t('slip.approvedBy')}: {approvedBy || '　　　　　　'}
              </span>
              <span className={classes['stamp']}>{t('slip.stamp')}</span>
            </div>
            <p className={classes['small']}>
              {t('slip.footer', { id: proposal.id, time: format.dateTime(proposal.asOf) })}
            </p>
          </section>
        ))}
      </div>
    </Portal>
  );
}

import type { Kind } from '../kind.ts';
import { DelayDetails, judgeDelays } from './judge.ts';
import { delayText, delayTitle } from './words.ts';

/** A deadline that will probably be missed. Its evidence is `Alert.evidence`. */
export const delay: Kind = {
  kind: 'delay',
  details: DelayDetails.nullable(),
  judge: judgeDelays,
  words: (alert, o) => ({ title: delayTitle(alert, o), text: delayText(alert, o) }),
};

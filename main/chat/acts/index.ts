import { aboutCard } from './about-card.ts';
import type { Acts } from './act.ts';
import { decisions } from './decisions.ts';
import { help } from './help.ts';
import { howTo } from './how-to.ts';
import { improve } from './improve.ts';
import { logs } from './logs.ts';
import { measure } from './measure.ts';
import { outOfScope } from './out-of-scope.ts';
import { propose } from './propose.ts';
import { smallTalk } from './small-talk.ts';
import { tomorrow } from './tomorrow.ts';
import { whatIf } from './what-if.ts';
import { why } from './why.ts';

/** One file an act. */
export const ACTS: Acts = {
  measure,
  why,
  propose,
  'what-if': whatIf,
  tomorrow,
  'about-card': aboutCard,
  improve,
  logs,
  'how-to': howTo,
  decisions,
  help,
  'small-talk': smallTalk,
  'out-of-scope': outOfScope,
};

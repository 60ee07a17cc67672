// Has another embedder make the know-how's index anew, and hangs in the midst of it, to be killed: node rebuild-child.ts DIR
import { systemClock } from '../../../main/kernel/clock.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import { Tasks } from '../../../main/kernel/task.ts';
import { createKnowledge } from '../../../main/knowledge/index.ts';
import { openStore } from '../../../main/store/index.ts';
import { createVectorCache } from '../../../main/vectors/index.ts';
import { madeModel } from '../llm/made-model.ts';
import { switchTo } from './embedder-switch.ts';

/** jobs that are answered before it hangs */
const JOBS = 2;
const [dir = ''] = process.argv.slice(2);
const store = await openStore(dir);
const cache = createVectorCache(store);
const tasks = new Tasks(systemClock, silentLog);
const knowledge = createKnowledge({ store, clock: systemClock, tasks, log: silentLog, cache });
const { embedder, state } = madeModel('model-a');
let jobs = 0;
state.pause = async () => {
  if (++jobs <= JOBS) return;
  process.stdout.write('hangs\n');
  await new Promise(() => setInterval(() => {}, 1_000));
};
switchTo(() => embedder, [knowledge], { cache, tasks }).follow();

import type { tasks as ja } from '../ja/tasks.ts';

export const tasks: typeof ja = {
  title: 'Jobs',
  subtitle: 'Long jobs, how far they are and how they ended. They go on when you leave this screen.',
  running: 'Running',
  ended: 'Ended',
  none: 'Nothing is running',
  empty: 'No jobs yet',
  emptyText: 'Anything that takes a while, such as a sync or indexing, is shown here.',
  kind: 'Job',
  state: 'Result',
  states: { running: 'Running', done: 'Done', failed: 'Failed', cancelled: 'Stopped' },
  amount: 'Amount',
  startedAt: 'Started',
  took: 'Took',
  cancelling: 'Stopping',
  kinds: {
    sync: 'Sync from the company database',
    'first-sync': 'First sync',
    replay: 'Trying refused rows again',
    demo: 'Preparing the demo',
    reindex: 'Indexing know-how',
    index: 'Indexing know-how',
    propose: 'Computing a placement',
    'write-back': 'Writing approvals back',
  },
};

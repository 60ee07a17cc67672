// The models process: llama.cpp and ONNX, away from the engine, which lives on when a file or a lack of memory takes this process down.
// first: the shell forks this process without arguments for Node
import '../../kernel/guard-outbound.ts';
import { Cancelled, toAppError } from '../../kernel/errors.ts';
import { onRefused } from '../../kernel/outbound.ts';
import { openEnginePort } from './engine-port.ts';
import { HeldModels } from './hold-models.ts';
import { type FromModels, ToModels } from './protocol.ts';
import { modelOf, rankOf, runJob } from './run-job.ts';
import { RANK, Turns } from './turns.ts';

const jobs = new Map<number, AbortController>();
let stopping = false;

const engine = await openEnginePort();
const tell = (message: FromModels): void => engine.post(message);
const models = new HeldModels(tell);
const turns = new Turns((modelId) => tell({ type: 'working', modelId }));
engine.listen(heard, () => process.exit(0));
tell({ type: 'ready', pid: process.pid });
onRefused((address) => tell({ type: 'refused', address }));

function heard(raw: unknown): void {
  const message = ToModels.parse(raw); // our own engine says nothing else; if it does, both are restarted on the same version
  if (message.type === 'job') void run(message);
  else if (message.type === 'cancel') jobs.get(message.id)?.abort(new Cancelled('cancelled'));
  else void stop();
}

async function run({ id, job }: Extract<ToModels, { type: 'job' }>): Promise<void> {
  const abort = new AbortController();
  jobs.set(id, abort);
  if (stopping) abort.abort(new Cancelled('stopping'));
  const { signal } = abort;
  try {
    const value = await turns.run(rankOf(job), modelOf(job), signal, (offer) =>
      runJob(models, job, {
        signal,
        offer,
        progress: (done, total) => tell({ type: 'progress', id, done, total }),
      }),
    );
    tell({ type: 'done', id, value });
  } catch (thrown) {
    if (signal.aborted || thrown instanceof Cancelled) tell({ type: 'cancelled', id });
    else tell({ type: 'failed', id, ...plainError(thrown) });
  } finally {
    jobs.delete(id);
  }
}

function plainError(
  thrown: unknown,
): Pick<Extract<FromModels, { type: 'failed' }>, 'code' | 'params' | 'detail'> {
  const { code, params, cause } = toAppError(thrown);
  return {
    code,
    params: { ...params },
    detail: cause instanceof Error ? String(cause.stack) : String(cause ?? ''),
  };
}

/** The engine ends this process if it takes too long. */
async function stop(): Promise<void> {
  stopping = true;
  for (const abort of jobs.values()) abort.abort(new Cancelled('stopping'));
  // in the midst of a computation nothing may be freed
  await turns.run(RANK.tidy, null, new AbortController().signal, () => models.close());
  process.exit(0);
}

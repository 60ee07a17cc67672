// One warm HiGHS in a thread: takes a program, streams incumbents, polls a shared flag to stop.
import { parentPort } from 'node:worker_threads';
import loadHighs, { type ModelData } from 'highs';

export type SolverRequest = {
  readonly id: number;
  readonly data: ModelData;
  /** a feasible point to start from */
  readonly start: Float64Array | null;
  readonly seconds: number;
  readonly gap: number;
  /** solve without integrality */
  readonly relaxed: boolean;
  /** Int32 flag: 1 asks to stop */
  readonly stop: SharedArrayBuffer;
};
export type SolverReply =
  | {
      readonly type: 'incumbent';
      readonly id: number;
      readonly objective: number;
      readonly values: Float64Array;
    }
  | {
      readonly type: 'done';
      readonly id: number;
      readonly status: 'optimal' | 'time-limit' | 'interrupted' | 'infeasible' | 'other';
      readonly objective: number;
      readonly values: Float64Array;
      /** proven lower bound of the objective; null when there is none */
      readonly bound: number | null;
      readonly memory: number;
      /** HiGHS and the build it comes from */
      readonly version: string;
    }
  | { readonly type: 'failed'; readonly id: number; readonly detail: string };

const port = parentPort;
if (!port) throw new Error('solver-worker runs as a worker thread');
const highs = await loadHighs();
const { modelStatus, callbackType } = highs.constants;

const statusOf = (code: number): (SolverReply & { type: 'done' })['status'] => {
  if (code === modelStatus.optimal) return 'optimal';
  if (code === modelStatus.timeLimit) return 'time-limit';
  if (code === modelStatus.interrupted) return 'interrupted';
  return code === modelStatus.infeasible ? 'infeasible' : 'other';
};

const solve = (job: SolverRequest): SolverReply =>
  highs.withModel(job.data, (model): SolverReply => {
    const flag = new Int32Array(job.stop);
    const stopIfAsked = (event: { interrupt(): void }): undefined => {
      if (Atomics.load(flag, 0) === 1) event.interrupt();
    };
    model.options.set({
      output_flag: false,
      time_limit: job.seconds,
      mip_rel_gap: job.gap,
      solve_relaxation: job.relaxed,
    });
    if (job.start) model.setSolution({ colValue: job.start });
    const { modelStatus: code } = model.run({
      [callbackType.mipInterrupt]: stopIfAsked,
      [callbackType.simplexInterrupt]: stopIfAsked,
      [callbackType.mipImprovingSolution](event) {
        const { mip_solution: values, objective_function_value: objective } = event.data;
        if (values && objective !== undefined)
          port.postMessage({ type: 'incumbent', id: job.id, objective, values } satisfies SolverReply);
      },
    });
    const bound = job.relaxed ? model.getObjectiveValue() : Number(model.info.get('mip_dual_bound'));
    return {
      type: 'done',
      id: job.id,
      status: statusOf(code),
      objective: model.getObjectiveValue(),
      values: Float64Array.from(model.getSolution().colValue),
      bound: Number.isFinite(bound) ? bound : null,
      memory: highs.memoryBytes,
      version: `${highs.version.string} (${highs.version.gitHash})`,
    };
  });

port.on('message', (job: SolverRequest) => {
  try {
    port.postMessage(solve(job));
  } catch (thrown) {
    // after an error inside WebAssembly this instance is not to be trusted: the owner replaces the thread
    port.postMessage({ type: 'failed', id: job.id, detail: String(thrown) } satisfies SolverReply);
  }
});

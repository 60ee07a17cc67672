// One warm HiGHS in a thread: takes a program, streams incumbents, polls a shared flag to stop.
import loadHighs, { type ModelData } from 'highs';
import { serveThread } from '../../kernel/thread.ts';

export type SolverCalls = {
  solve: {
    in: {
      readonly data: ModelData;
      /** a feasible point to start from */
      readonly start: Float64Array | null;
      readonly seconds: number;
      readonly gap: number;
      /** solve without integrality */
      readonly relaxed: boolean;
    };
    out: {
      readonly status: 'optimal' | 'time-limit' | 'interrupted' | 'infeasible' | 'other';
      readonly objective: number;
      readonly values: Float64Array;
      /** proven lower bound of the objective; null when there is none */
      readonly bound: number | null;
      readonly memory: number;
      /** HiGHS and the build it comes from */
      readonly version: string;
    };
    /** a better feasible point */
    news: { readonly objective: number; readonly values: Float64Array };
  };
};

const highs = await loadHighs();
const { modelStatus, callbackType } = highs.constants;

const statusOf = (code: number): SolverCalls['solve']['out']['status'] => {
  if (code === modelStatus.optimal) return 'optimal';
  if (code === modelStatus.timeLimit) return 'time-limit';
  if (code === modelStatus.interrupted) return 'interrupted';
  return code === modelStatus.infeasible ? 'infeasible' : 'other';
};

serveThread<SolverCalls>({
  solve: (job, { stopped, tell }) =>
    highs.withModel(job.data, (model) => {
      const stopIfAsked = (event: { interrupt(): void }): undefined => {
        if (stopped()) event.interrupt();
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
          if (values && objective !== undefined) tell({ objective, values });
        },
      });
      const bound = job.relaxed ? model.getObjectiveValue() : Number(model.info.get('mip_dual_bound'));
      return {
        status: statusOf(code),
        objective: model.getObjectiveValue(),
        values: Float64Array.from(model.getSolution().colValue),
        bound: Number.isFinite(bound) ? bound : null,
        memory: highs.memoryBytes,
        version: `${highs.version.string} (${highs.version.gitHash})`,
      };
    }),
});

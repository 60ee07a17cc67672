import type { ChatEvent, Step } from '../api/contract/chat.ts';
import type { Bilingual } from '../api/contract/common.ts';
import type { AnswerState } from './acts/act.ts';

/** Runs the steps' stopwatch and keeps their states in the answer. */
export class StepTimer {
  private readonly started = new Map<Step['step'], number>();
  private readonly state: AnswerState;
  private readonly stopwatch: () => number;
  constructor(state: AnswerState, stopwatch: () => number) {
    this.state = state;
    this.stopwatch = stopwatch;
  }
  begin(step: Step['step']): ChatEvent {
    this.started.set(step, this.stopwatch());
    return this.set({ step, state: 'running', ms: null, note: null });
  }
  end(step: Step['step'], note: Bilingual | null, state: 'done' | 'failed' = 'done'): ChatEvent {
    const ms = this.stopwatch() - (this.started.get(step) ?? this.stopwatch());
    return this.set({ step, state, ms: Math.round(ms * 100) / 100, note });
  }
  /** what a running step has so far */
  note(step: Step['step'], note: Bilingual): ChatEvent {
    return this.set({ step, state: 'running', ms: null, note });
  }
  skip(step: Step['step']): ChatEvent {
    return this.set({ step, state: 'skipped', ms: null, note: null });
  }
  private set(step: Step): ChatEvent {
    this.state.body.steps = this.state.body.steps.map((old) => (old.step === step.step ? step : old));
    return { kind: 'step', step };
  }
}

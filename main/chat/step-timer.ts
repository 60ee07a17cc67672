import type { Bilingual } from '../api/contract/common.ts';
import type { AnswerState } from './acts/act.ts';
import type { ChatEvent, Step } from './contract/chat.ts';

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
  /** `beforeMs`: what it took before it began here */
  end(
    step: Step['step'],
    note: Bilingual | null,
    state: 'done' | 'failed' = 'done',
    beforeMs = 0,
  ): ChatEvent {
    const ms = beforeMs + this.stopwatch() - (this.started.get(step) ?? this.stopwatch());
    return this.set({ step, state, ms: Math.round(ms * 100) / 100, note });
  }
  /** ends what runs; nothing where it has ended already */
  *ended(step: Step['step'], note: Bilingual | null): Generator<ChatEvent> {
    if (this.at(step) === 'running') yield this.end(step, note);
  }
  /** what a running step has so far */
  note(step: Step['step'], note: Bilingual): ChatEvent {
    return this.set({ step, state: 'running', ms: null, note });
  }
  skip(step: Step['step']): ChatEvent {
    return this.set({ step, state: 'skipped', ms: null, note: null });
  }
  /** skips what was never begun */
  *skipped(step: Step['step']): Generator<ChatEvent> {
    if (this.at(step) === 'waiting') yield this.skip(step);
  }
  private at(step: Step['step']): Step['state'] | undefined {
    return this.state.body.steps.find((s) => s.step === step)?.state;
  }
  private set(step: Step): ChatEvent {
    this.state.body.steps = this.state.body.steps.map((old) => (old.step === step.step ? step : old));
    return { kind: 'step', step };
  }
}

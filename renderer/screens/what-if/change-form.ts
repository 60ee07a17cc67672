import { CELL_SEPARATOR } from '../../../main/api/contract/common.ts';
import {
  Change,
  type ChangeKind,
  type ChangeScope,
  type Who,
} from '../../../main/placement/contract/what-if.ts';

/** A change while it is being filled in: every field of every kind, so that switching kinds loses nothing. */
export type ChangeForm = {
  readonly kind: ChangeKind;
  readonly where: ChangeScope;
  /** where people go to */
  readonly cellId: string | null;
  readonly whoKind: Who['kind'];
  readonly count: number;
  /** 0–1 */
  readonly share: number;
  readonly named: Extract<Who, { kind: 'named' }>['people'];
  readonly from: number | null;
  readonly until: number | null;
  readonly isMore: boolean;
  /** 0–1 up or down */
  readonly by: number;
  /** a local minute; absent ones by word */
  readonly deadline: number | 'every' | 'next';
  readonly shift: 'later' | 'earlier' | 'to';
  readonly minutes: number;
};

const NEW: ChangeForm = {
  kind: 'absence',
  where: {},
  cellId: null,
  whoKind: 'number',
  count: 1,
  share: 0.5,
  named: [],
  from: null,
  until: null,
  isMore: true,
  by: 0.2,
  deadline: 'every',
  shift: 'later',
  minutes: 30,
};

const scopeOfCell = (cellId: string): ChangeScope => {
  const [location, businessId, process] = cellId.split(CELL_SEPARATOR);
  return { location, businessId, process };
};
/** An empty form, about a process where one is given. */
export const newForm = (cellId: string | null): ChangeForm =>
  cellId === null ? NEW : { ...NEW, where: scopeOfCell(cellId), cellId };

const whoFields = (who: Who): Partial<ChangeForm> =>
  who.kind === 'named'
    ? { whoKind: 'named', named: who.people }
    : who.kind === 'number'
      ? { whoKind: 'number', count: who.count }
      : { whoKind: 'share', share: who.share };

/** The form that says what a change says. */
export function formOf(change: Change): ChangeForm {
  const form: ChangeForm = { ...NEW, kind: change.kind, ...('where' in change && { where: change.where }) };
  switch (change.kind) {
    case 'move':
      return { ...form, ...whoFields(change.who), cellId: change.toCellId, from: change.from ?? null };
    case 'absence':
      return { ...form, ...whoFields(change.who), from: change.from ?? null, until: change.until ?? null };
    case 'extra':
      return {
        ...form,
        cellId: change.cellId,
        count: change.count,
        from: change.from ?? null,
        until: change.until ?? null,
      };
    case 'overtime':
      return { ...form, ...whoFields(change.who), until: change.until };
    case 'volume':
    case 'speed':
      return { ...form, isMore: change.factor >= 1, by: Math.abs(change.factor - 1) };
    case 'deadline': {
      const { shift } = change;
      const isBy = shift.kind === 'by';
      return {
        ...form,
        deadline: change.deadline ?? (isBy ? 'every' : 'next'),
        shift: isBy ? (shift.minutes < 0 ? 'earlier' : 'later') : 'to',
        ...(isBy ? { minutes: Math.abs(shift.minutes) } : { until: shift.at }),
      };
    }
  }
}

const whoOf = (form: ChangeForm): Who =>
  form.whoKind === 'named'
    ? { kind: 'named', people: [...form.named] }
    : form.whoKind === 'number'
      ? { kind: 'number', count: form.count }
      : { kind: 'share', share: form.share };

/** The change a form says; null while something is missing. */
export function changeOf(form: ChangeForm): Change | null {
  const { kind, where } = form;
  const from = form.from === null ? {} : { from: form.from };
  const until = form.until === null ? {} : { until: form.until };
  const draft = ((): unknown => {
    switch (kind) {
      case 'move':
        return { kind, where, who: whoOf(form), toCellId: form.cellId, ...from };
      case 'absence':
        return { kind, where, who: whoOf(form), ...from, ...until };
      case 'extra':
        return { kind, cellId: form.cellId, count: form.count, ...from, ...until };
      case 'overtime':
        return { kind, where, who: whoOf(form), ...until };
      case 'volume':
      case 'speed':
        return { kind, where, factor: Math.max(0, 1 + (form.isMore ? form.by : -form.by)) };
      case 'deadline':
        return {
          kind,
          where,
          ...(typeof form.deadline === 'number' && { deadline: form.deadline }),
          shift:
            form.shift === 'to'
              ? { kind: 'to', at: form.until }
              : { kind: 'by', minutes: form.shift === 'later' ? form.minutes : -form.minutes },
        };
    }
  })();
  return Change.safeParse(draft).data ?? null;
}

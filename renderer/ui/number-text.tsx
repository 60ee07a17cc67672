import { useFormat } from '../use-format.ts';

type Props = {
  /** null shows a dash */
  readonly value: number | null;
  readonly digits?: number;
  readonly unit?: string;
  /** a share 0–1 written as a percentage */
  readonly percent?: boolean;
};
export function NumberText({ value, digits = 0, unit, percent = false }: Props) {
  const format = useFormat();
  if (value === null) return <span aria-hidden>—</span>;
  return (
    <span>
      {percent ? format.percent(value) : format.number(value, digits)}
      {unit !== undefined && <small>{unit}</small>}
    </span>
  );
}

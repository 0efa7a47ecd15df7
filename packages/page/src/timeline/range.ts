export type Range = { readonly from: number; readonly to: number };

type Moves = {
  readonly range: Range;
  readonly whole: Range;
  readonly show: (range: Range) => void;
  readonly neighbour: (step: number) => void;
};

/** The range about its middle, `factor` times as long. */
export const zoomed = ({ from, to }: Range, factor: number): Range => {
  const [middle, half] = [(from + to) / 2, Math.max(SHORTEST, (to - from) * factor) / 2];
  return { from: middle - half, to: middle + half };
};

/** As much of the range as is within the whole; a range that sticks out is moved in. */
export const clamped = ({ from, to }: Range, whole: Range): Range => {
  const length = Math.min(to - from, whole.to - whole.from);
  const begin = Math.max(whole.from, Math.min(from, whole.to - length));
  return { from: begin, to: begin + length };
};

/** Does what the key stands for; false when it stands for nothing. */
export const keyed = (key: string, { range, whole, show, neighbour }: Moves): boolean => {
  const step = (range.to - range.from) / 4;
  const moved = (by: number) => show({ from: range.from + by, to: range.to + by });
  const actions: Record<string, () => void> = {
    '+': () => show(zoomed(range, 0.5)),
    '=': () => show(zoomed(range, 0.5)),
    '-': () => show(zoomed(range, 2)),
    '0': () => show(whole),
    ArrowLeft: () => moved(-step),
    ArrowRight: () => moved(step),
    n: () => neighbour(1),
    p: () => neighbour(-1),
  };
  const action = actions[key];
  action?.();
  return action !== undefined;
};

/** µs: what a zoom goes down to. */
const SHORTEST = 50;

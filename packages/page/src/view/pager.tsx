import { numberText } from '../text/time.js';

type Props = {
  readonly page: number;
  readonly size: number;
  readonly count: number;
  readonly of: string;
  readonly turn: (page: number) => void;
};

/** `1 to 50 of 10,000 events`, and the buttons to turn; only the words when there is one page. */
export const Pager = ({ page, size, count, of, turn }: Props) => {
  const last = Math.max(0, Math.ceil(count / size) - 1);
  const [first, end] = [page * size + 1, Math.min(count, (page + 1) * size)];
  return (
    <div class="pager">
      <span role="status">{count === 0 ? `no ${of}` : `${numberText(first)} to ${numberText(end)} of ${numberText(count)} ${of}`}</span>
      {last > 0 && (
        <>
          <button type="button" onClick={() => turn(0)} disabled={page === 0} aria-label={`First ${of}`}>
            «
          </button>
          <button type="button" onClick={() => turn(page - 1)} disabled={page === 0} aria-label={`Earlier ${of}`}>
            ‹
          </button>
          <button type="button" onClick={() => turn(page + 1)} disabled={page === last} aria-label={`Later ${of}`}>
            ›
          </button>
          <button type="button" onClick={() => turn(last)} disabled={page === last} aria-label={`Last ${of}`}>
            »
          </button>
        </>
      )}
    </div>
  );
};

/** The page that is there when this one was asked for. */
export const within = (page: number, size: number, count: number): number => Math.max(0, Math.min(page, Math.ceil(count / size) - 1));

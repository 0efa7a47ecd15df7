import type { Status } from '../model/rows.js';
import { orders } from '../model/select.js';

/** What the reader chose; the part of the address behind `#` holds it, so that a link shows the same. Empty texts and nulls choose nothing. */
export type View = {
  readonly q: string;
  readonly status: readonly Status[];
  readonly outcome: string;
  /** A scope's id. */
  readonly test: string;
  readonly file: string;
  readonly place: string;
  readonly pid: number | null;
  /** µs since the epoch. */
  readonly from: number | null;
  readonly to: number | null;
  readonly sort: keyof typeof orders;
  readonly down: boolean;
  /** From 0. */
  readonly page: number;
  /** The number of the event that is shown in full. */
  readonly event: number | null;
};

const everything: View = {
  q: '',
  status: [],
  outcome: '',
  test: '',
  file: '',
  place: '',
  pid: null,
  from: null,
  to: null,
  sort: 'number',
  down: false,
  page: 0,
  event: null,
};

/** The filters alone. */
export const noFilter = (({ q, status, outcome, test, file, place, pid, from, to }) => ({
  q,
  status,
  outcome,
  test,
  file,
  place,
  pid,
  from,
  to,
  page: 0,
}))(everything);

/** Reads `#q=…&event=…`; what is not understood chooses nothing. */
export const readView = (hash: string): View => {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const sort = given.get('sort') ?? '';
  return {
    ...texts(given),
    status: (given.get('status') ?? '').split(',').filter(isStatus),
    pid: whole(given.get('pid')),
    from: whole(given.get('from')),
    to: whole(given.get('to')),
    sort: isOrder(sort) ? sort : everything.sort,
    down: given.get('down') === '1',
    page: whole(given.get('page')) ?? 0,
    event: whole(given.get('event')),
  };
};

/** Without a leading `#`; empty when nothing is chosen. */
export const writeView = (view: View): string => {
  const chosen = new URLSearchParams();
  for (const [key, value] of Object.entries(view)) {
    if (String(value) !== String(everything[key as keyof View])) chosen.set(key, value === true ? '1' : String(value));
  }
  return chosen.toString();
};

const texts = (given: URLSearchParams) => ({
  q: given.get('q') ?? '',
  outcome: given.get('outcome') ?? '',
  test: given.get('test') ?? '',
  file: given.get('file') ?? '',
  place: given.get('place') ?? '',
});

const whole = (text: string | null): number | null => (text !== null && /^\d{1,16}$/.test(text) ? Number(text) : null);
const isStatus = (text: string): text is Status => ['violation', 'known', 'allowed', 'probe'].includes(text);
const isOrder = (text: string): text is View['sort'] => Object.hasOwn(orders, text);

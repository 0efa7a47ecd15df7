import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Row } from '../model/rows.js';
import { type Choose, linkTo } from '../state/use-view.js';
import type { View } from '../state/view.js';
import { sinceText, spanText } from '../text/time.js';
import { StatusMark } from './status.js';

type Props = {
  readonly shown: readonly Row[];
  readonly page: number;
  readonly size: number;
  readonly start: number;
  readonly view: View;
  readonly choose: Choose;
};

/** One page of the events. The arrow keys go from row to row, across pages too. */
export const EventTable = ({ shown, page, size, start, view, choose }: Props) => {
  const body = useRef<HTMLTableSectionElement>(null);
  const moved = useRef(false);
  const chosen = shown.findIndex(({ number }) => number === view.event);
  const rows = shown.slice(page * size, (page + 1) * size);
  const focusable = rows.some(({ number }) => number === view.event) ? view.event : rows[0]?.number;
  useLayoutEffect(() => {
    if (moved.current) body.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus();
    moved.current = false;
  });
  useLayoutEffect(() => showIn(body.current), [view.event, page]);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextOf(event.key, chosen < 0 ? page * size - 1 : chosen, shown.length, size);
    if (event.key === 'Escape') choose({ event: null });
    if (next === null) return;
    event.preventDefault();
    moved.current = true;
    choose({ event: shown[next]?.number ?? null, page: Math.floor(next / size) });
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard
    <section class="scroll" tabIndex={0} aria-label="Table of events">
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows can be chosen is a grid (ARIA APG) */}
      <table class="list" role="grid" aria-rowcount={shown.length + 1} aria-label="Events">
        <Head view={view} choose={choose} />
        <tbody ref={body} onKeyDown={onKeyDown}>
          {rows.map((row, index) => (
            <EventRow
              key={row.number}
              row={row}
              index={page * size + index + 2}
              start={start}
              view={view}
              isFocusable={row.number === focusable}
              choose={choose}
            />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p class="none">No event is as the filter says.</p>}
    </section>
  );
};

/** Scrolls the table, and nothing else, to the chosen row. */
const showIn = (body: HTMLElement | null): void => {
  const row = body?.querySelector<HTMLElement>('tr[aria-selected="true"]');
  const scroller = body?.closest<HTMLElement>('.scroll');
  if (!row || !scroller) return;
  const [top, bottom] = [row.offsetTop - HEAD, row.offsetTop + row.offsetHeight];
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  if (bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = bottom - scroller.clientHeight;
};

/** CSS pixels that the head of the table covers. */
const HEAD = 32;

type RowProps = {
  readonly row: Row;
  readonly index: number;
  readonly start: number;
  readonly view: View;
  readonly isFocusable: boolean;
  readonly choose: Choose;
};

const EventRow = ({ row, index, start, view, isFocusable, choose }: RowProps) => {
  const { number, at, status, place, owner, outcome, took, pid } = row;
  return (
    <tr
      tabIndex={isFocusable ? 0 : -1}
      aria-rowindex={index}
      aria-selected={number === view.event}
      onClick={() => choose({ event: number })}
      class={status}
    >
      <td class="number">
        <a href={linkTo(view, { event: number })} tabIndex={-1}>
          {number}
        </a>
      </td>
      <td class="number">{at === null ? '' : sinceText(at, start)}</td>
      <td>
        <StatusMark status={status} />
      </td>
      <td class="place" title={place.length > 40 ? place : undefined}>
        <bdi>{place}</bdi>
      </td>
      <td class="owner" title={owner.length > 60 ? owner : undefined}>
        <bdi>{owner}</bdi>
      </td>
      <td>{outcome}</td>
      <td class="number">{took === null ? '' : spanText(took)}</td>
      <td class="number">{pid}</td>
    </tr>
  );
};

const Head = ({ view, choose }: { readonly view: View; readonly choose: Choose }) => (
  <thead>
    <tr aria-rowindex={1}>
      {columns.map(([key, title]) => {
        const isSorted = view.sort === key;
        const sort = () => choose({ sort: key, down: isSorted && !view.down, page: 0 });
        return (
          <th key={key} scope="col" aria-sort={isSorted ? (view.down ? 'descending' : 'ascending') : 'none'}>
            <button type="button" onClick={sort}>
              {title}
              <span aria-hidden="true">{isSorted ? (view.down ? ' ↓' : ' ↑') : ''}</span>
            </button>
          </th>
        );
      })}
    </tr>
  </thead>
);

const columns = [
  ['number', '#'],
  ['at', 'Time (s)'],
  ['status', 'Status'],
  ['place', 'Destination'],
  ['owner', 'Test'],
  ['outcome', 'Result'],
  ['took', 'Took'],
  ['pid', 'Process'],
] as const satisfies readonly (readonly [View['sort'], string])[];

/** Where a key leads from a row; null for other keys. */
const nextOf = (key: string, at: number, count: number, size: number): number | null => {
  const steps: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + size,
    PageUp: at - size,
    Home: 0,
    End: count - 1,
    Enter: Math.max(at, 0),
  };
  const next = steps[key];
  return next === undefined || count === 0 ? null : Math.max(0, Math.min(count - 1, next));
};

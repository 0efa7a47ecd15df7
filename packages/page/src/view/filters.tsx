import type { RefObject } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Row, Status } from '../model/rows.js';
import { NO_TEST } from '../model/select.js';
import type { Choose } from '../state/use-view.js';
import { noFilter, type View } from '../state/view.js';
import { fileTitle, scopeTitle } from '../text/scope.js';
import { numberText, spanText } from '../text/time.js';
import { meanings, signs, statuses, words } from './status.js';

type Props = { readonly rows: readonly Row[]; readonly view: View; readonly choose: Choose; readonly search: RefObject<HTMLInputElement> };

/** What the table of events is filtered by. */
export const Filters = ({ rows, view, choose, search }: Props) => {
  const counts = useMemo(() => countsOf(rows), [rows]);
  const outcomes = useMemo(() => [...new Set(rows.map(({ outcome }) => outcome))].filter(Boolean).toSorted(), [rows]);
  const toggle = (status: Status) => {
    const on = view.status.includes(status);
    choose({ status: statuses.filter((kind) => (kind === status ? !on : view.status.includes(kind))), page: 0 });
  };
  return (
    <search class="bar-of-tools">
      <input
        type="search"
        ref={search}
        value={view.q}
        placeholder="Search ( / )"
        aria-label="Search events"
        onInput={({ currentTarget }) => choose({ q: currentTarget.value, page: 0 })}
      />
      {statuses.map((status) => (
        <button
          type="button"
          key={status}
          class={status}
          aria-pressed={view.status.includes(status)}
          title={meanings[status]}
          onClick={() => toggle(status)}
        >
          <span aria-hidden="true">{signs[status]}</span> {words[status]} {numberText(counts[status])}
        </button>
      ))}
      {outcomes.length > 0 && (
        <select
          aria-label="Result"
          value={view.outcome}
          onChange={({ currentTarget }) => choose({ outcome: currentTarget.value, page: 0 })}
        >
          <option value="">any result</option>
          {outcomes.map((outcome) => (
            <option key={outcome}>{outcome}</option>
          ))}
        </select>
      )}
      {chipsOf(rows, view).map(({ text, change }) => (
        <button type="button" key={text} class="chip" aria-label={`Remove filter: ${text}`} onClick={() => choose({ ...change, page: 0 })}>
          <bdi>{text}</bdi> ×
        </button>
      ))}
      {isFiltered(view) && (
        <button type="button" onClick={() => choose(noFilter)}>
          Clear
        </button>
      )}
    </search>
  );
};

const countsOf = (rows: readonly Row[]): Record<Status, number> => {
  const counts = { violation: 0, known: 0, allowed: 0, probe: 0 };
  for (const { status } of rows) counts[status] += 1;
  return counts;
};

const chipsOf = (rows: readonly Row[], { test, file, place, pid, from, to }: View) => [
  ...(test === '' ? [] : [{ text: `test: ${testTitle(rows, test)}`, change: { test: '' } }]),
  ...(file === '' ? [] : [{ text: `file: ${fileTitle({ id: '', kind: 'file', file, names: [] })}`, change: { file: '' } }]),
  ...(place === '' ? [] : [{ text: `to ${place}`, change: { place: '' } }]),
  ...(pid === null ? [] : [{ text: `process ${pid}`, change: { pid: null } }]),
  ...(from === null || to === null ? [] : [{ text: `within ${spanText(to - from)}`, change: { from: null, to: null } }]),
];

const testTitle = (rows: readonly Row[], id: string): string => {
  if (id === NO_TEST) return 'none';
  const found = rows.flatMap(({ scope, candidates }) => (scope ? [scope] : candidates)).find((scope) => scope.id === id);
  return found ? scopeTitle(found) : 'not in this report';
};

const isFiltered = (view: View): boolean =>
  Object.entries(noFilter).some(([key, value]) => key !== 'page' && String(view[key as keyof View]) !== String(value));

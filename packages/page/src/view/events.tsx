import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { ReportDocument } from '../model/document.js';
import type { Row } from '../model/rows.js';
import { selectRows } from '../model/select.js';
import { startOf } from '../model/start.js';
import type { Choose } from '../state/use-view.js';
import type { View } from '../state/view.js';
import { counted, numberText } from '../text/time.js';
import { Detail } from './detail.js';
import { EventTable } from './event-table.js';
import { Filters } from './filters.js';
import { Pager, within } from './pager.js';
import { Section } from './section.js';

type Props = {
  readonly report: ReportDocument;
  readonly rows: readonly Row[];
  readonly view: View;
  readonly choose: Choose;
  readonly printing: boolean;
};

/** Every event: to search, filter, sort, and link to. */
export const Events = ({ report, rows, view, choose, printing }: Props) => {
  const search = useRef<HTMLInputElement>(null);
  useSlash(search);
  const { q, status, outcome, test, file, place, pid, from, to, sort, down } = view;
  const shown = useMemo(() => selectRows(rows, view), [rows, q, status.join(), outcome, test, file, place, pid, from, to, sort, down]);
  const size = printing ? MOST_PRINTED : PAGE;
  const page = within(view.page, size, shown.length);
  const chosen = rows[(view.event ?? 0) - 1];
  useEffect(() => {
    const at = shown.findIndex(({ number }) => number === view.event);
    if (at >= 0 && Math.floor(at / PAGE) !== view.page) choose({ page: Math.floor(at / PAGE) });
  }, [view.event]);
  if (rows.length === 0) return <NoEvents report={report} />;
  return (
    <Section id="events" title={`Events (${numberText(rows.length)})`} note={noteOf(report, printing, shown.length)}>
      <Filters rows={rows} view={view} choose={choose} search={search} />
      <Pager page={page} size={size} count={shown.length} of="events" turn={(next) => choose({ page: next })} />
      <div class={chosen ? 'events with-detail' : 'events'}>
        <EventTable shown={shown} page={page} size={size} start={startOf(report, report.events ?? [])} view={view} choose={choose} />
        {chosen && <Detail row={chosen} report={report} view={view} choose={choose} start={startOf(report, report.events ?? [])} />}
      </div>
    </Section>
  );
};

const NoEvents = ({ report }: { readonly report: ReportDocument }) => (
  <Section id="events" title="Events">
    <p class="none">
      {report.events === undefined
        ? `This report was written without its events; the audit saw ${counted(report.coverage.events, 'event')}. A verbose report, or the html report itself, has them.`
        : 'Nothing was connected to and nothing was sent.'}
    </p>
  </Section>
);

/** `/` goes to the search, as in many programs. */
const useSlash = (search: { readonly current: HTMLInputElement | null }): void => {
  // Before the page is painted: a reader may be quicker than what runs after that.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      event.preventDefault();
      search.current?.focus();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [search]);
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

const noteOf = ({ omitted, events = [] }: ReportDocument, printing: boolean, count: number): string =>
  [
    ...(omitted?.events ? [`${counted(omitted.events, 'more event is', 'more events are')} not in the report.`] : []),
    ...(events[0]?.at === undefined ? ['This report does not tell the times, processes and lines of its events.'] : []),
    ...(printing && count > MOST_PRINTED ? [`Printed are ${MOST_PRINTED} of ${counted(count, 'event')}.`] : []),
  ].join(' ');

const PAGE = 50;
const MOST_PRINTED = 500;

import { useMemo, useRef, useState } from 'preact/hooks';
import type { ReportDocument } from '../model/document.js';
import type { Row } from '../model/rows.js';
import type { Choose } from '../state/use-view.js';
import type { View } from '../state/view.js';
import { counted, sinceText } from '../text/time.js';
import { goTo } from '../view/bar.js';
import { Section } from '../view/section.js';
import { Legend } from '../view/status.js';
import { type Frame, heightOf } from './draw.js';
import { type TimelineView, timelineOf } from './layout.js';
import { clamped, keyed, zoomed } from './range.js';
import { tipOf } from './tip.js';
import { useCanvas } from './use-canvas.js';
import { usePointer } from './use-pointer.js';

type Props = { readonly report: ReportDocument; readonly rows: readonly Row[]; readonly view: View; readonly choose: Choose };

/** When each test ran on which worker, and when each connection was made. */
export const TimelineSection = (props: Props) => {
  const { report, rows } = props;
  const timeline = useMemo(() => timelineOf(report, rows), [report, rows]);
  if (timeline === null) {
    const why = report.events === undefined ? 'It was written without its events (verbose).' : 'No event of it has a time.';
    const none =
      report.events?.length === 0 ? 'Nothing was connected to, and no test ran under audit.' : `This report has no timeline. ${why}`;
    return (
      <Section id="timeline" title="Timeline">
        <p class="none">{none}</p>
      </Section>
    );
  }
  return <TimelineChart {...props} timeline={timeline} />;
};

const TimelineChart = ({ report, rows, view, choose, timeline }: Props & { readonly timeline: TimelineView }) => {
  const whole = { from: timeline.from, to: timeline.to };
  const [range, setRange] = useState(whole);
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const height = heightOf(timeline);
  const width = useCanvas(canvas, timeline, range, height, view.event);
  const frame: Frame = { ...range, width, height };
  const show = (next: typeof range) => setRange(clamped(next, whole));
  const pointer = usePointer({
    canvas,
    timeline,
    frame,
    show,
    select: (event) => {
      choose({ event });
      goTo('events');
    },
  });
  const neighbour = (step: number) => choose({ event: neighbourOf(rows, view.event, step) });
  const onKeyDown = (event: KeyboardEvent) => {
    const action = keyed(event.key, { range, whole, show, neighbour });
    if (action) event.preventDefault();
  };
  const isWhole = range.from === whole.from && range.to === whole.to;
  return (
    <Section id="timeline" title="Timeline" note={noteOf(report, timeline)}>
      <div class="bar-of-tools">
        <Legend />
        <span class="space" />
        <button type="button" onClick={() => show(zoomed(range, 0.5))} aria-label="Zoom in">
          +
        </button>
        <button type="button" onClick={() => show(zoomed(range, 2))} aria-label="Zoom out" disabled={isWhole}>
          −
        </button>
        <button type="button" onClick={() => show(whole)} disabled={isWhole}>
          All
        </button>
        <button
          type="button"
          onClick={() => choose({ from: Math.floor(range.from), to: Math.ceil(range.to), page: 0 })}
          disabled={isWhole}
          title="The table then has the events of this time only"
        >
          Filter by this time
        </button>
      </div>
      <div class="timeline" ref={scroller}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be moved with the keyboard takes the focus; the table says the same in text */}
        <div role="application" aria-roledescription="timeline" aria-label={labelOf(rows, timeline)} tabIndex={0} onKeyDown={onKeyDown}>
          <canvas ref={canvas} {...pointer.handlers} />
          {pointer.brush && <div class="brush" style={{ left: `${pointer.brush.left}px`, width: `${pointer.brush.width}px` }} />}
          {pointer.hover && <Tip {...pointer.hover} start={timeline.from} width={width} />}
        </div>
      </div>
    </Section>
  );
};

const Tip = ({ x, y, found, start, width }: NonNullable<ReturnType<typeof usePointer>['hover']> & { start: number; width: number }) => {
  const side = x > width / 2 ? { right: `${width - x + 12}px` } : { left: `${x + 12}px` };
  return (
    <div class="tip" style={{ top: `${y + 14}px`, ...side }}>
      {tipOf(found, start).map((line, index) => (
        <div key={line} class={index === 0 ? 'strong' : ''}>
          {line}
        </div>
      ))}
    </div>
  );
};

const noteOf = ({ timeline, omitted }: ReportDocument, { hiddenLanes }: TimelineView): string => {
  const missing = [
    ...(timeline === undefined ? ['This report does not say when its tests ran.'] : []),
    ...(timeline?.omitted ? [`${counted(timeline.omitted, 'span of tests is', 'spans of tests are')} not in the report.`] : []),
    ...(omitted?.events ? [`${counted(omitted.events, 'event is', 'events are')} not in the report.`] : []),
    ...(hiddenLanes > 0 ? [`${counted(hiddenLanes, 'more lane is', 'more lanes are')} not drawn.`] : []),
  ];
  return ['Drag to zoom; click a mark for its event.', ...missing].join(' ');
};

const labelOf = (rows: readonly Row[], { lanes, from, to }: TimelineView): string =>
  `Timeline of ${counted(rows.length, 'event')} on ${counted(lanes.length, 'lane')}, ${sinceText(to, from)} s long. Plus and minus zoom, the arrow keys move, 0 shows all, N and P go from event to event. The table of events has the same as text.`;

/** The event after or before the chosen one in time. */
const neighbourOf = (rows: readonly Row[], chosen: number | null, step: number): number | null => {
  const timed = rows.filter(({ at }) => at !== null).toSorted((one, other) => (one.at ?? 0) - (other.at ?? 0));
  const index = timed.findIndex(({ number }) => number === chosen);
  const next = index < 0 ? 0 : Math.max(0, Math.min(timed.length - 1, index + step));
  return timed[next]?.number ?? null;
};

import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { type Frame, hit, timeAt } from './draw.js';
import type { TimelineView } from './layout.js';
import type { Range } from './range.js';

type Given = {
  readonly canvas: RefObject<HTMLCanvasElement>;
  readonly timeline: TimelineView;
  readonly frame: Frame;
  readonly show: (range: Range) => void;
  readonly select: (event: number) => void;
};
type Place = { readonly x: number; readonly y: number };

/** What the pointer does on the timeline: it shows what is under it, a click chooses an event, a drag zooms to what it covers. */
export const usePointer = ({ canvas, timeline, frame, show, select }: Given) => {
  const [hover, setHover] = useState<(Place & { readonly found: ReturnType<typeof hit> }) | null>(null);
  const [drag, setDrag] = useState<{ readonly start: number; readonly x: number } | null>(null);
  const placeOf = (event: PointerEvent): Place => {
    const box = canvas.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  const onPointerDown = (event: PointerEvent) => {
    const { x } = placeOf(event);
    setDrag({ start: x, x });
  };
  const onPointerMove = (event: PointerEvent) => {
    const { x, y } = placeOf(event);
    const found = hit(timeline, frame, x, y);
    setHover(found.mark || found.bar ? { x, y, found } : null);
    if (drag !== null) setDrag({ ...drag, x });
  };
  const onPointerUp = (event: PointerEvent) => {
    const { x, y } = placeOf(event);
    const { mark } = hit(timeline, frame, x, y);
    if (drag !== null && Math.abs(x - drag.start) > LEAST_DRAG) {
      const [one = 0, other = 0] = [timeAt(drag.start, frame), timeAt(x, frame)].toSorted((a, b) => a - b);
      show({ from: one, to: Math.max(other, one + 50) });
    } else if (mark) select(mark.row.number);
    setDrag(null);
  };
  const leave = () => {
    setHover(null);
    setDrag(null);
  };
  const brush =
    drag && Math.abs(drag.x - drag.start) > LEAST_DRAG
      ? { left: Math.min(drag.start, drag.x), width: Math.abs(drag.x - drag.start) }
      : null;
  return { hover: drag ? null : hover, brush, handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerLeave: leave } };
};

/** Pixels below which a press is a click. */
const LEAST_DRAG = 5;

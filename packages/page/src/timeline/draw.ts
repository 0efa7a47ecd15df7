import type { Status } from '../model/rows.js';
import type { Bar, LaneView, Mark, TimelineView } from './layout.js';

export type Frame = { readonly from: number; readonly to: number; readonly width: number; readonly height: number };
export type Colours = Record<Status | 'text' | 'muted' | 'line' | 'bar' | 'surface', string>;
type Box = { readonly lane: LaneView; readonly top: number; readonly height: number };
type Pen = { readonly canvas: CanvasRenderingContext2D; readonly frame: Frame; readonly colours: Colours; readonly chosen: number | null };

/** Draws what `frame` shows of the timeline, times in its coordinates and lengths in CSS pixels. */
export const draw = (canvas: CanvasRenderingContext2D, view: TimelineView, options: Omit<Pen, 'canvas'>): void => {
  const pen = { canvas, ...options };
  canvas.clearRect(0, 0, pen.frame.width, pen.frame.height);
  canvas.font = `11px ${getComputedStyle(canvas.canvas).fontFamily}`;
  drawAxis(pen, view.from);
  canvas.save();
  canvas.beginPath();
  canvas.rect(LABELS, 0, pen.frame.width - LABELS, pen.frame.height);
  canvas.clip();
  for (const box of boxesOf(view)) drawLane(pen, box);
  canvas.restore();
  for (const box of boxesOf(view)) drawLabel(pen, box);
};

/** The places of the lanes, from the top of the canvas. */
const boxesOf = ({ lanes }: TimelineView): readonly Box[] => {
  let top = AXIS;
  return lanes.map((lane) => {
    const height = MARKS + (lane.bars.length > 0 ? lane.rows * BAR : 0);
    const box = { lane, top, height };
    top += height;
    return box;
  });
};

export const heightOf = (view: TimelineView): number => boxesOf(view).reduce((sum, { height }) => sum + height, AXIS + 4);

/** The time at a place on the canvas, and the place of a time. */
export const timeAt = (x: number, { from, to, width }: Frame): number => from + ((x - LABELS) / (width - LABELS - RIGHT)) * (to - from);
const placeOf = (at: number, { from, to, width }: Frame): number => LABELS + ((at - from) / (to - from)) * (width - LABELS - RIGHT);

/** The mark, else the bar, at a place. */
export const hit = (view: TimelineView, frame: Frame, x: number, y: number): { readonly mark?: Mark; readonly bar?: Bar } => {
  const box = boxesOf(view).find(({ top, height }) => y >= top && y < top + height);
  if (box === undefined || x < LABELS) return {};
  const bars = box.height - MARKS;
  if (y < box.top + bars) return barAt(box, timeAt(x, frame), Math.floor((y - box.top) / BAR));
  let best: Mark | undefined;
  let nearest = REACH;
  for (const mark of box.lane.marks) {
    const distance = Math.abs(placeOf(mark.at, frame) - x) - (mark.row.status === 'violation' ? 0.5 : 0);
    if (distance < nearest) [best, nearest] = [mark, distance];
  }
  return best === undefined ? {} : { mark: best };
};

const barAt = ({ lane }: Box, at: number, row: number): { readonly bar?: Bar } => {
  const bar = lane.bars.find((candidate) => candidate.row === row && candidate.from <= at && at <= candidate.to);
  return bar === undefined ? {} : { bar };
};

const drawAxis = ({ canvas, frame, colours }: Pen, start: number): void => {
  const step = stepFor((frame.to - frame.from) / Math.max(2, (frame.width - LABELS) / 110));
  const decimals = Math.max(0, Math.min(6, Math.ceil(6 - Math.log10(step))));
  for (let at = start + Math.ceil((frame.from - start) / step) * step; at <= frame.to; at += step) {
    const x = Math.round(placeOf(at, frame)) + 0.5;
    canvas.strokeStyle = colours.line;
    line(canvas, x, AXIS - 4, x, frame.height);
    canvas.fillStyle = colours.muted;
    const text = `${((at - start) / 1e6).toFixed(decimals)} s`;
    canvas.fillText(text, Math.min(x + 3, frame.width - canvas.measureText(text).width), AXIS - 7);
  }
};

/** The least of 1, 2 and 5 times a power of ten that is not below. */
const stepFor = (least: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return ([1, 2, 5].find((factor) => factor * power >= least) ?? 10) * power;
};

const drawLane = (pen: Pen, { lane, top, height }: Box): void => {
  const { canvas, frame, colours } = pen;
  canvas.strokeStyle = colours.line;
  line(canvas, 0, top + height - 0.5, frame.width, top + height - 0.5);
  for (const bar of lane.bars) drawBar(pen, bar, top + bar.row * BAR);
  const middle = top + height - MARKS / 2;
  for (const status of ['probe', 'allowed', 'known', 'violation'] as const)
    for (const mark of lane.marks) if (mark.row.status === status) drawMark(pen, mark, middle);
};

const drawBar = ({ canvas, frame, colours }: Pen, { from, to, violates }: Bar, top: number): void => {
  if (to < frame.from || from > frame.to) return;
  const left = Math.max(LABELS - 4, placeOf(from, frame));
  const width = Math.max(1.5, Math.min(frame.width + 4, placeOf(to, frame)) - left - 0.75);
  canvas.fillStyle = colours.bar;
  canvas.fillRect(left, top + 2, width, BAR - 3);
  if (!violates) return;
  canvas.fillStyle = colours.violation;
  canvas.fillRect(left, top + BAR - 3.5, width, 2.5);
};

/** What ended well is filled, what was refused, timed out or failed is hollow; the line behind it is how long it took. */
const drawMark = ({ canvas, frame, colours, chosen }: Pen, { at, row }: Mark, y: number): void => {
  const x = placeOf(at, frame);
  const end = row.took === null ? x : placeOf(at + row.took, frame);
  if (end < LABELS - 6 || x > frame.width + 6) return;
  canvas.strokeStyle = colours[row.status];
  canvas.fillStyle = ['refused', 'timed out', 'failed'].includes(row.outcome) ? colours.surface : colours[row.status];
  canvas.lineWidth = 1.5;
  if (end - x > 2) line(canvas, x, y, end, y);
  canvas.beginPath();
  shapes[row.status](canvas, x, y);
  canvas.fill();
  canvas.stroke();
  if (row.number === chosen) {
    canvas.strokeStyle = colours.text;
    canvas.strokeRect(x - 7.5, y - 7.5, 15, 15);
  }
  canvas.lineWidth = 1;
};

type Shape = (canvas: CanvasRenderingContext2D, x: number, y: number) => void;

const polygon =
  (...points: readonly (readonly [number, number])[]): Shape =>
  (canvas, x, y) => {
    for (const [dx, dy] of points) canvas.lineTo(x + dx, y + dy);
    canvas.closePath();
  };

/** A diamond, a triangle, a dot and a small square: they differ without their colours. */
const shapes: Record<Status, Shape> = {
  violation: polygon([0, -5.5], [5, 0], [0, 5.5], [-5, 0]),
  known: polygon([0, -4.5], [4.5, 4], [-4.5, 4]),
  allowed: (canvas, x, y) => canvas.arc(x, y, 2.6, 0, 7),
  probe: polygon([-1.5, -1.5], [1.5, -1.5], [1.5, 1.5], [-1.5, 1.5]),
};

const drawLabel = ({ canvas, colours }: Pen, { lane, top, height }: Box): void => {
  canvas.fillStyle = colours.muted;
  canvas.fillText(fitting(canvas, lane.title, LABELS - 12), 4, top + height / 2 + 4);
};

const fitting = (canvas: CanvasRenderingContext2D, text: string, width: number): string => {
  if (canvas.measureText(text.slice(0, 60)).width <= width && text.length <= 60) return text;
  let length = Math.min(60, text.length);
  while (length > 1 && canvas.measureText(`${text.slice(0, length)}…`).width > width) length -= 1;
  return `${text.slice(0, length)}…`;
};

const line = (canvas: CanvasRenderingContext2D, x: number, y: number, toX: number, toY: number): void => {
  canvas.beginPath();
  canvas.moveTo(x, y);
  canvas.lineTo(toX, toY);
  canvas.stroke();
};

/** CSS pixels: the names of lanes at the left, the free edge at the right, the scale at the top, the marks of a lane, a row of bars. */
const LABELS = 148;
const RIGHT = 12;
const AXIS = 22;
const MARKS = 18;
const BAR = 9;
const REACH = 7;

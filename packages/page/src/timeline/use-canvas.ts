import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { coloursNow } from './colours.js';
import { draw } from './draw.js';
import type { TimelineView } from './layout.js';
import type { Range } from './range.js';

/** Keeps the canvas drawn, in its parent's width, the screen's resolution and the theme's colours. Returns the width in CSS pixels. */
export const useCanvas = (
  canvas: RefObject<HTMLCanvasElement>,
  timeline: TimelineView,
  { from, to }: Range,
  height: number,
  chosen: number | null,
): number => {
  const [width, setWidth] = useState(0);
  const [, repaint] = useState(0);
  useLayoutEffect(() => {
    const parent = canvas.current?.parentElement;
    if (!parent) return undefined;
    const observer = new ResizeObserver(() => setWidth(parent.clientWidth));
    setWidth(parent.clientWidth);
    observer.observe(parent);
    const unhear = onColours(() => repaint((count) => count + 1));
    return () => {
      observer.disconnect();
      unhear();
    };
  }, [canvas]);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element?.parentElement || !context || width === 0) return;
    const ratio = Math.max(1, devicePixelRatio);
    element.width = width * ratio;
    element.height = height * ratio;
    element.style.width = `${width}px`;
    element.style.height = `${height}px`;
    context.scale(ratio, ratio);
    draw(context, timeline, { frame: { from, to, width, height }, colours: coloursNow(element.parentElement), chosen });
  });
  return width;
};

const onColours = (repaint: () => void): (() => void) => {
  const queries = ['(prefers-color-scheme: dark)', 'print'].map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener('change', repaint);
  addEventListener('themechange', repaint);
  return () => {
    for (const query of queries) query.removeEventListener('change', repaint);
    removeEventListener('themechange', repaint);
  };
};

import type { Colours } from './draw.js';

/** The page's colours as the canvas takes them: what the variables of style.css are now, by the theme. */
export const coloursNow = (host: HTMLElement): Colours => {
  const probe = document.createElement('span');
  host.append(probe);
  const resolved = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    violation: resolved('violation'),
    known: resolved('known'),
    allowed: resolved('allowed'),
    probe: resolved('probe'),
    text: resolved('text'),
    muted: resolved('muted'),
    line: resolved('line'),
    bar: resolved('bar'),
    surface: resolved('surface'),
  };
  probe.remove();
  return colours;
};

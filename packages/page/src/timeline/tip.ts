import { sinceText, spanText } from '../text/time.js';
import { words } from '../view/status.js';
import type { Bar, Mark } from './layout.js';

/** What is under the pointer, in a few lines. */
export const tipOf = ({ mark, bar }: { readonly mark?: Mark; readonly bar?: Bar }, start: number): readonly string[] => {
  if (mark) {
    const { number, place, status, outcome, took, owner } = mark.row;
    const facts = [words[status], outcome, took === null ? '' : `took ${spanText(took)}`, `${sinceText(mark.at, start)} s`];
    return [`#${number} ${cut(place)}`, facts.filter(Boolean).join(', '), cut(owner)];
  }
  return bar
    ? [cut(bar.title), `${sinceText(bar.from, start)} s, for ${spanText(bar.to - bar.from)}${bar.violates ? ', with a violation' : ''}`]
    : [];
};

const cut = (text: string): string => (text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text);

const MOST = 140;

import { destinationText } from '../model/destination.js';
import { printable } from '../model/printable.js';
import type { JudgedEvent } from '../model/report.js';
import { padEnd } from './layout.js';
import type { Style } from './style.js';

/** Every event in a table of four columns, and a fifth with how they ended where that is known; two lines when there are none. */
export const eventTable = (events: readonly JudgedEvent[], style: Style): string[] => {
  const columns = events.some(({ outcome }) => outcome !== undefined) ? 5 : 4;
  return [
    row(['FAMILY', 'ADDR:PORT', 'STATUS', 'RULE', 'OUTCOME'].slice(0, columns)),
    row(WIDTHS.slice(0, columns).map((width) => '-'.repeat(width))),
    ...events.map((judged) =>
      row(
        [familyOf(judged), destinationText(judged.event), statusOf(judged, style), ruleOf(judged), judged.outcome ?? ''].slice(0, columns),
      ),
    ),
  ];
};

const row = (cells: readonly string[]): string =>
  cells
    .map((cell, index) => padEnd(cell, WIDTHS[index] ?? 0))
    .join(' ')
    .trimEnd();

const familyOf = ({ event }: JudgedEvent): string => printable(event.family ?? 'AF_UNKNOWN');

const statusOf = ({ status }: JudgedEvent, style: Style): string => {
  switch (status) {
    case 'allowed':
    case 'probe':
      return style.green('OK');
    case 'known':
      return style.yellow('KNOWN');
    case 'violation':
      return style.red('VIOLATION');
  }
};

const ruleOf = ({ rule, status }: JudgedEvent): string => {
  if (rule === null && status === 'probe') return '- (probe, nothing sent)';
  return printable(rule ?? '') || '-';
};

const WIDTHS = [12, 30, 10, 24, 11] as const;

import type { Status } from '../model/rows.js';

/** The status as a word; a sign and a letter beside the colour say it too. */
export const words: Record<Status, string> = { violation: 'violation', known: 'known', allowed: 'allowed', probe: 'probe' };
export const statuses = ['violation', 'known', 'allowed', 'probe'] as const satisfies readonly Status[];

export const signs: Record<Status, string> = { violation: '◆', known: '▲', allowed: '●', probe: '▪' };
export const letters: Record<Status, string> = { violation: 'V', known: 'K', allowed: 'A', probe: 'P' };

export const meanings: Record<Status, string> = {
  violation: 'no rule allows it, or one denies it',
  known: 'a violation that the baseline accepts',
  allowed: 'a rule allows it',
  probe: 'nothing was sent: how the system sorts addresses',
};

export const StatusMark = ({ status }: { readonly status: Status }) => (
  <span class={`status ${status}`}>
    <span aria-hidden="true">{signs[status]}</span> {words[status]}
  </span>
);

/** The signs of the timeline and what they mean. */
export const Legend = () => (
  <span class="legend">
    {statuses.map((status) => (
      <span key={status} class={`status ${status}`} title={meanings[status]}>
        <span aria-hidden="true">{signs[status]}</span> {words[status]}
      </span>
    ))}
    <span class="status">
      <span aria-hidden="true">◇ ○</span> refused, timed out or failed
    </span>
  </span>
);

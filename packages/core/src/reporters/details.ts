import { ownerText } from './owner.js';
import { placeLabel, sitesOf } from './place.js';
import type { Problem } from './problem.js';

/** What is known of a problem, in a few lines: what, who, where, what to do, the rule. */
export const detailLines = ({ number, code, id, subject, owner, todo, rule }: Problem): string[] => [
  `${number} ${code}${id === null ? '' : ` ${id}`}: ${subject}`,
  ...(owner === null
    ? []
    : [
        `  ${ownerText(owner)}`,
        ...sitesOf(owner)
          .slice(0, MOST_SITES)
          .map((site) => `    at ${placeLabel(site)}`),
      ]),
  `  ${todo}`,
  ...(rule === null ? [] : [`  ${rule}`]),
];

const MOST_SITES = 5;

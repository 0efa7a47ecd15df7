import type { Cell, Framework } from './framework.js';
import { jest } from './frameworks/jest.js';
import { mocha } from './frameworks/mocha.js';
import { nodeTest } from './frameworks/node-test.js';
import { vitest } from './frameworks/vitest.js';

/** Every framework that has an adapter. */
export const frameworks: readonly Framework[] = [vitest, jest, mocha, nodeTest];

/**
 * The cells to run: those of every `npm test`; with NETAUDIT_CELLS `all` the whole table, with `others` what `npm test` leaves out, and with any
 * other text the cells whose name has it.
 */
export const chosenCells = (framework: Framework): readonly Cell[] => {
  const wish = process.env.NETAUDIT_CELLS;
  if (wish === undefined || wish === '') return framework.cells.filter(({ always }) => always);
  if (wish === 'others') return framework.cells.filter(({ always }) => !always);
  return wish === 'all' ? framework.cells : framework.cells.filter((cell) => cellName(cell).includes(wish));
};

/** As in `vitest-5, node-24, forks`; `this Node` is the one that runs the tests. */
export const cellName = ({ framework, install, node, variant }: Cell): string =>
  [install ?? framework, node ?? 'this Node', variant].join(', ');

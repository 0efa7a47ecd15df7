import { printable } from '../model/printable.js';
import type { Change, InitPlan } from './plan.js';

/** The plan for people: what was found, each change as a unified diff, and what is left to do; without a last line break. */
export const planText = ({ changes, byHand, install, found }: InitPlan): string =>
  [
    found.length === 0
      ? "no framework with an adapter was found: any command is audited by 'netaudit run -- COMMAND'"
      : `found ${found.join(', ')}`,
    ...changes.flatMap(diffLines),
    ...byHand.map(({ file, write }) => `by hand, as it is not written in a form that is changed safely: ${file} needs ${write}`),
    ...install.map(({ folder, adapter }) => `to install: ${folder === '' ? '' : `cd ${folder} && `}npm install --save-dev ${adapter}`),
  ]
    .map(printable)
    .join('\n');

/** One hunk, from the first to the last changed line. */
const diffLines = ({ file, before, after }: Change): string[] => {
  const [was, is] = [linesOf(before ?? ''), linesOf(after)];
  const shared = Math.min(was.length, is.length);
  let head = 0;
  while (head < shared && was[head] === is[head]) head += 1;
  let tail = 0;
  while (tail < shared - head && was.at(-1 - tail) === is.at(-1 - tail)) tail += 1;
  const from = Math.max(0, head - context);
  const [above, below] = [was.slice(from, head), was.slice(was.length - tail, was.length - tail + context)];
  const [removed, added] = [was.slice(head, was.length - tail), is.slice(head, is.length - tail)];
  const range = (start: number, changed: readonly string[]): string => `${start},${above.length + changed.length + below.length}`;
  return [
    `--- ${before === null ? '/dev/null' : file}`,
    `+++ ${file}`,
    `@@ -${before === null ? '0,0' : range(from + 1, removed)} +${range(from + 1, added)} @@`,
    ...[...above.map((line) => ` ${line}`), ...changedLines(removed, added), ...below.map((line) => ` ${line}`)],
  ];
};

/** By the lines that both have, in order: as edits add lines, or change one, the next equal line is the same line. */
const changedLines = (removed: readonly string[], added: readonly string[]): string[] => {
  const [line, ...others] = removed;
  if (line === undefined) return added.map((each) => `+${each}`);
  const at = added.indexOf(line);
  if (at === -1) return [`-${line}`, ...changedLines(others, added)];
  return [...added.slice(0, at).map((each) => `+${each}`), ` ${line}`, ...changedLines(others, added.slice(at + 1))];
};

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

const context = 3;

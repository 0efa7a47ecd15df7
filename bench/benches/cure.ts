import type { Bench } from '../bench.js';
import { pairedTable } from '../paired.js';
import { layOut, type Subject, take, unauditedOf, vitests } from '../subjects.js';
import type { Workload } from '../workload.js';

/** Why `set_robust_list` is traced: it ends the stops at all calls of a new thread or child. */
export const cure: Bench = {
  what: 'strace with its filter, with set_robust_list among the traced calls and without it',
  table: (effort) =>
    pairedTable(
      vitests.map((subject) => workload(subject, effort.short ? 2 : 20)),
      effort,
    ),
};

/** Tests that ask the file system, as imports of modules do: all calls that nobody asked to trace. */
const workload = (subject: Subject, files: number): Workload => ({
  name: `${subject.name}: ${files * 20} tests of 50 files read`,
  prepare: (folder) => {
    const names = Array.from({ length: files }, (_, n) => `file-${n}`);
    layOut(subject, folder, Object.fromEntries(names.map((name) => [name, source(subject)])));
    return unauditedOf(subject, names, ['least strace', 'uncured strace']);
  },
});

const source = (subject: Subject): string => `${take(subject, 'fs')}
for (let n = 0; n < 20; n += 1) test('number ' + n, () => {
  for (let file = 0; file < 50; file += 1) fs.readFileSync('package.json', 'utf8');
});
`;

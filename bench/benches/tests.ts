import type { Bench } from '../bench.js';
import { pairedTable } from '../paired.js';
import { layOut, type Subject, shortSubjects, subjects, take, variantsOf } from '../subjects.js';
import type { Workload } from '../workload.js';

/** What one test costs more: one that does nothing, and one that connects. */
export const tests: Bench = {
  what: 'the median test: empty, and one that connects to a server of its own process',
  table: (effort) =>
    pairedTable(
      (effort.short ? shortSubjects : subjects).flatMap((subject) => [
        workload(subject, 'empty tests', effort.short ? 200 : 3000, '() => {}'),
        workload(subject, 'tests that connect', effort.short ? 50 : 1000, connecting),
      ]),
      effort,
    ),
};

const workload = (subject: Subject, what: string, count: number, body: string): Workload => ({
  name: `${subject.name}: ${what}`,
  hasOwnClock: true,
  prepare: (folder) => {
    layOut(subject, folder, { bench: source(subject, count, body) });
    return variantsOf(subject, ['bench'], ['same strace']);
  },
});

/** The file's own clock: from the beginning of one test to that of the next, the median. */
const source = (subject: Subject, count: number, body: string): string => `${take(subject, 'fs')} ${take(subject, 'net')}
const begins = [];
let server;
test('first', async () => {
  server = net.createServer((socket) => socket.end());
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
});
for (let n = 0; n < ${count}; n += 1) test('number ' + n, () => {
  begins.push(performance.now());
  return (${body})();
});
test('last', () => {
  begins.push(performance.now());
  const took = begins.slice(1).map((at, n) => at - begins[n]).sort((one, other) => one - other);
  fs.writeFileSync('elapsed', String(took[took.length >> 1]));
  server.close();
});
`;

const connecting = `() => new Promise((resolve) => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.on('close', resolve).resume();
})`;

import type { Bench } from '../bench.js';
import { pairedTable } from '../paired.js';
import { layOut, type Subject, shortSubjects, subjects, type Tracer, take, variantsOf, vitests } from '../subjects.js';
import type { Workload } from '../workload.js';

/** 400 tests in 20 files: that compute, and that also make five requests each. */
export const suites: Bench = {
  what: '400 tests in 20 files, without a connection and with five requests a test',
  table: (effort) => {
    const size = effort.short ? { files: 2, tests: 10 } : { files: 20, tests: 20 };
    const measured = effort.short ? shortSubjects : subjects;
    const count = size.files * size.tests;
    return pairedTable(
      [
        ...measured.map((subject) => workload(subject, `${count} tests that compute 5 ms`, size, computing(5))),
        ...measured.map((subject) => workload(subject, `${count} tests of 5 requests`, size, requesting)),
      ],
      effort,
    );
  },
};

/** A suite that computes for half a minute, on two processors. */
export const long: Bench = {
  what: 'a suite that takes half a minute on two processors, and connects to nothing',
  table: (effort) => {
    const size = effort.short ? { files: 2, tests: 2 } : { files: 20, tests: 20 };
    const name = `${size.files * size.tests} tests that compute 150 ms`;
    return pairedTable(
      vitests.map((subject) => workload(subject, name, size, computing(150), [])),
      effort,
    );
  },
};

type Size = { readonly files: number; readonly tests: number };

const workload = (
  subject: Subject,
  what: string,
  size: Size,
  body: string,
  tracers: readonly Tracer[] = ['strace', 'least strace'],
): Workload => ({
  name: `${subject.name}: ${what}`,
  withSupervisor: true,
  prepare: (folder) => variantsOf(subject, layOutFiles(subject, folder, size, body), tracers),
});

/** Returns the names of the files. */
const layOutFiles = (subject: Subject, folder: string, { files, tests }: Size, body: string): readonly string[] => {
  const names = Array.from({ length: files }, (_, n) => `file-${n}`);
  layOut(subject, folder, Object.fromEntries(names.map((name) => [name, source(subject, tests, body)])));
  return names;
};

const source = (subject: Subject, tests: number, body: string): string => `${take(subject, 'http')} ${take(subject, 'crypto')}
const server = http.createServer((_, response) => response.end('served'));
test('first', () => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve)));
for (let n = 0; n < ${tests}; n += 1) test('number ' + n, ${body});
test('last', () => { server.closeAllConnections(); server.close(); });
`;

const computing = (ms: number): string => `() => {
  for (const end = performance.now() + ${ms}; performance.now() < end; ) crypto.createHash('sha256').update('netaudit').digest();
}`;

const requesting = `async () => {
  for (let request = 0; request < 5; request += 1)
    await new Promise((resolve, reject) => {
      http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (response) => response.resume().once('end', resolve)).once('error', reject);
    });
}`;

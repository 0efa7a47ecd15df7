import { type Report, renderers } from '../../packages/core/dist/index.js';
import type { Bench } from '../bench.js';
import { spread } from '../statistics.js';

/** What each reporter takes for a report of very many events. */
export const reports: Bench = {
  what: 'each reporter, for a report of 100,000 events in 10,000 tests',
  table: async ({ rounds, short }) => {
    const count = short ? 1000 : 100_000;
    const report = reportOf(count);
    const rows = Object.entries(renderers).map(([name, renderer]) => {
      const taken = Array.from({ length: rounds + 1 }, () => time(() => renderer.render(report, { verbose: true })));
      return `| ${name} | ${spread(taken.map(({ ms }) => ms).slice(1), 0)} | ${((taken[0]?.size ?? 0) / 1e6).toFixed(1)} | ${rounds} |`;
    });
    return [`| reporter, ${count.toLocaleString('en')} events | ms | MB | rounds |`, '| --- | --- | --- | --- |', ...rows].join('\n');
  },
};

/** Of ten events one is a violation; there are 50 destinations. */
const reportOf = (count: number): Report => {
  const events = Array.from({ length: count }, (_, n): Report['events'][number] => {
    const scope = {
      id: `t${n % 10_000}`,
      kind: 'test' as const,
      file: `test/file-${n % 400}.test.ts`,
      names: ['suite', `test ${n % 10_000}`],
    };
    const event = {
      ...{ kind: 'connect' as const, source: 'strace', seq: n, ts: 1.8e15 + n * 1000, pid: 100 + (n % 8), tid: 100 + (n % 8) },
      ...{ family: 'AF_INET', addr: `203.0.113.${n % 50}`, port: 443, transport: 'tcp' as const, timestamp: 1.8e9, result: 0 },
      rawLine: `${100 + (n % 8)} 1800000000.000000 connect(20<socket:[${n}]>, {sa_family=AF_INET, sin_port=htons(443)}, 16) = 0 <0.000021>`,
    };
    return {
      ...{ event, owner: { method: 'context', scope, candidates: [], timing: null }, process: { pid: event.pid, argv: ['node'] } },
      ...{ rule: n % 10 ? 'services' : null, status: n % 10 ? 'allowed' : 'violation', origin: null },
    };
  });
  return {
    ...{ runId: '00000000-0000-4000-8000-000000000000', verdict: 'violations', exitCode: 1, events, gaps: [], command: null },
    violations: Array.from({ length: 50 }, (_, n) => ({
      ...{ id: `v-${n}`, family: 'AF_INET', addr: `203.0.113.${n}`, port: 443, count: count / 500, pids: [100], firstTimestamp: 1.8e9 },
      scopes: events
        .filter(({ status, event }) => status === 'violation' && event.addr === `203.0.113.${n}`)
        .map(({ owner, process }) => ({
          ...{ scope: owner.scope, method: owner.method, candidates: [], timing: null, count: 1, processes: [process], origins: [] },
        })),
      ...{ suggestedRule: null, host: null, attempts: [] },
    })),
    coverage: { source: 'strace', tool: null, mode: 'command', uncovered: [], fallbacks: [], events: count, lines: count, ignoredLines: 0 },
    ...{ leftRunning: [], unusedRules: [] },
  };
};

const time = (work: () => string): { readonly ms: number; readonly size: number } => {
  const begin = performance.now();
  const { length: size } = work();
  return { ms: performance.now() - begin, size };
};

import { Findings } from '../findings/findings.js';
import { ViolationTally } from '../findings/violation-tally.js';
import type { Event } from '../model/event.js';
import type { LogEvent, LogHead, LogTail } from '../model/event-log.js';
import type { Report } from '../model/report.js';
import { createLogReader, type LogRecord } from '../sources/jsonl/reader.js';
import type { AnalyzeOptions, Found } from './analyze.js';
import { endLog } from './event-log.js';
import { knownInRun } from './known.js';
import { OwnServers } from './own-servers.js';
import { Pipeline } from './pipeline.js';
import { buildReport, type ReadTrace } from './report.js';

export type LogInput = {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly sha256: () => string | null;
  /** What is missing from the bytes, and what is to be said of them; complete when they were read. */
  readonly problems: readonly string[];
  readonly notices: readonly string[];
};

/** The report of a log of events, the same as the run gave that wrote it. Throws TRACE_READ for what is none. */
export const replayLog = async ({ bytes, sha256, problems, notices }: LogInput, options: AnalyzeOptions): Promise<Report> => {
  const started = Date.now() * 1000;
  const replay = new Replay(options);
  const reader = createLogReader();
  for await (const chunk of bytes) {
    for (const record of reader.push(chunk)) replay.take(record);
    options.onProgress?.(replay.found);
  }
  for (const record of reader.end()) replay.take(record);
  const { head, tail } = replay;
  const traces = replay.finish(problems).map((trace) => ({ ...trace, sha256 }));
  const facts = {
    command: tail?.command ?? null,
    coverage: { source: head?.source ?? 'strace', tool: head?.tool ?? null, ...(tail?.coverage ?? noTail) },
    leftRunning: tail?.leftRunning ?? [],
    gaps: tail?.gaps ?? [],
    notices: [...(tail?.notices ?? []), ...notices],
  };
  const unwritten = endLog(options.events, traces, facts);
  return buildReport(traces, {
    ...facts,
    gaps: [...facts.gaps, ...unwritten],
    allowlist: options.allowlist,
    findings: replay.findings,
    known: replay.known,
    strict: options.strict,
    mode: 'fail',
    started,
    runId: head?.runId,
  });
};

/** Gives each event of a log to the pipeline of its trace. */
class Replay {
  readonly findings: Findings;
  readonly known: ReturnType<typeof knownInRun>;
  head: LogHead | null = null;
  tail: LogTail | null = null;
  readonly #options: AnalyzeOptions;
  readonly #tally = new ViolationTally();
  readonly #servers = new OwnServers();
  readonly #pipelines = new Map<string | undefined, Pipeline>();
  #events = 0;

  constructor(options: AnalyzeOptions) {
    this.#options = options;
    this.findings = new Findings(options.allowlist.findings);
    this.known = knownInRun(options.baseline);
  }

  get found(): Found {
    const connections = [...this.#pipelines.values()].reduce((sum, pipeline) => sum + pipeline.connections, 0);
    return { connections, violations: this.#tally.destinations.size };
  }

  take(record: LogRecord): void {
    if (record.kind === 'head') this.#begin(record.head);
    else if (record.kind === 'unread') this.#unread(record);
    else if (this.tail) this.#main().lose('the log of events goes on after its end');
    else if (record.kind === 'tail') this.tail = record.tail;
    else this.#push(record.logged);
  }

  finish(problems: readonly string[]): Omit<ReadTrace, 'sha256'>[] {
    const main = this.#main();
    for (const problem of problems) main.lose(problem);
    if (!this.head) main.gaps.push({ kind: 'no-marker', reason: 'the log of events is empty: it proves nothing' });
    else if (!this.tail) main.lose('the log of events has no end: it was cut off, or its run has not ended');
    else if (this.tail.events !== this.#events)
      main.lose(`the log of events says that it holds ${this.tail.events} events, and ${this.#events} could be read`);
    return this.#inOrder().map(([of, pipeline]) => {
      pipeline.finish();
      this.#checkStart(pipeline);
      return { pipeline, decoder: { counts: this.#countsOf(of) }, ...(of !== undefined && { of }) };
    });
  }

  /** As the run met its traces; the first event of one may be later than that of the next. */
  #inOrder(): (readonly [string | undefined, Pipeline])[] {
    const names = [...new Set([...(this.tail?.traces ?? []).map(({ name }) => name ?? undefined), ...this.#pipelines.keys()])];
    return names.map((name) => [name, this.#pipelineOf(name)]);
  }

  #begin(head: LogHead): void {
    this.head = head;
    this.#options.events?.begin(head);
  }

  #push({ trace, event }: LogEvent): void {
    this.#events += 1;
    this.#pipelineOf(trace).push(event);
  }

  #unread({ line, reason }: { readonly line: number; readonly reason: string }): void {
    const pipeline = this.#main();
    const { latest: ts } = pipeline;
    const where = { kind: 'unread', source: 'jsonl', seq: -1, ts, pid: 0, tid: 0, rawLine: '' } as const;
    pipeline.push({ ...where, line, reason: `a line of the log of events can not be read: ${reason}` });
  }

  /** For what is said of the log as a whole. */
  #main(): Pipeline {
    const [first] = this.#pipelines.values();
    return first ?? this.#pipelineOf(undefined);
  }

  #pipelineOf(trace: string | undefined): Pipeline {
    const known = this.#pipelines.get(trace);
    if (known) return known;
    const { allowlist, verbose = false, events } = this.#options;
    const [findings, tally, servers] = [this.findings, this.#tally, this.#servers];
    const tell = events && ((event: Event): void => events.push({ trace, event }));
    const pipeline = new Pipeline({ allowlist, nonce: null, keepAll: verbose, findings, known: this.known, tally, servers, tell }, null);
    this.#pipelines.set(trace, pipeline);
    return pipeline;
  }

  /** As the run itself checks it, or, where it was none of ours, that there is anything at all. */
  #checkStart({ attribution, gaps, count }: Pipeline): void {
    if (this.head?.run && (!attribution.started || attribution.run !== this.head.run))
      gaps.push({ kind: 'no-marker', reason: 'the trace does not begin with the marker of this run: tracing did not start' });
    else if (this.head && count === gaps.count('unread'))
      gaps.push({ kind: 'no-marker', reason: 'the trace holds no event: it proves nothing' });
  }

  #countsOf(of: string | undefined): { readonly lines: number; readonly ignored: number } {
    return this.tail?.traces.find(({ name }) => name === (of ?? null)) ?? { lines: 0, ignored: 0 };
  }
}

const noTail = { mode: 'log', uncovered: [], fallbacks: [] } as const;

import type { StdioOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Event } from '../../model/event.js';
import { makePrivateFolder, type PrivateFolder } from '../../process/folder.js';
import { straceFallbacks } from './argv.js';
import { createStraceDecoder } from './decoder.js';
import { type TracedCommand, traceCommand } from './trace-process.js';
import { probeStrace, type StraceAbilities } from './version.js';

export type StraceRunnerOptions = {
  readonly cwd?: string | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** As for child_process.spawn; default `inherit`: the command's standard streams are our own, untouched and live. */
  readonly stdio?: StdioOptions | undefined;
  /** A file that gets the trace, byte for byte. */
  readonly keepTrace?: string | undefined;
  /** Called with each event as it happens. */
  readonly onEvent?: ((event: Event) => void) | undefined;
};

/** How the command ended, and all events of its process tree. `problems`: what was wrong with the trace itself, one sentence each. */
export type StraceResult = {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly events: readonly Event[];
  readonly problems: readonly string[];
};

/** Runs one command under strace. The constructor throws StraceNotFoundError when there is none on PATH. */
export class StraceRunner {
  /** What this strace lacks and what is done instead. */
  readonly fallbacks: readonly string[];
  readonly version: string;
  readonly #argv: readonly string[];
  readonly #options: StraceRunnerOptions;
  readonly #abilities: StraceAbilities;
  #started: { readonly traced: TracedCommand; readonly result: Promise<StraceResult> } | null = null;

  constructor(argv: readonly string[], options: StraceRunnerOptions = {}) {
    this.#argv = argv;
    this.#options = options;
    this.#abilities = probeStrace((options.env ?? process.env).PATH);
    this.version = this.#abilities.version;
    this.fallbacks = straceFallbacks(this.#abilities);
  }

  /** Runs the command and resolves when the last process of its tree has ended. */
  async run(): Promise<StraceResult> {
    this.start();
    return this.stop();
  }

  /** Starts the command and returns its pid at once. Throws when it was started before. */
  start(): number | undefined {
    if (this.#started) throw new Error('this StraceRunner was started before');
    const folder = makePrivateFolder();
    const decoder = createStraceDecoder();
    const events: Event[] = [];
    const take = (batch: readonly Event[]): void => {
      for (const event of batch) {
        events.push(event);
        this.#options.onEvent?.(event);
      }
    };
    const traced = this.#trace(folder, (chunk) => take(decoder.push(chunk)));
    const result = finish(traced, folder).then((end) => {
      take(decoder.end());
      return { ...end, events };
    });
    this.#started = { traced, result };
    return traced.child.pid;
  }

  /** Waits for the end of a command that was started, and returns what run() returns; `signal` is sent to it first. */
  async stop(signal?: NodeJS.Signals): Promise<StraceResult> {
    if (!this.#started) throw new Error('this StraceRunner was not started');
    const { traced, result } = this.#started;
    if (signal !== undefined) {
      await traced.begun;
      traced.child.kill(signal);
    }
    return result;
  }

  #trace(folder: PrivateFolder, onChunk: (chunk: Buffer) => void): TracedCommand {
    return traceCommand({
      abilities: this.#abilities,
      argv: this.#argv,
      env: this.#options.env ?? process.env,
      cwd: this.#options.cwd,
      stdio: this.#options.stdio ?? 'inherit',
      folder: folder.path,
      nonce: randomBytes(16).toString('hex'),
      keepTrace: this.#options.keepTrace,
      onChunk,
    });
  }
}

const finish = async (traced: TracedCommand, folder: PrivateFolder): Promise<Omit<StraceResult, 'events'>> => {
  try {
    const { code, signal } = await traced.exited;
    return { exitCode: code, signal, problems: await traced.drained };
  } finally {
    traced.abandon();
    folder.remove();
  }
};

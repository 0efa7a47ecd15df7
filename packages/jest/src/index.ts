import { fileURLToPath } from 'node:url';
import type { AdapterOptions } from '@netaudit/core/integration';
import { auditJest, type Part } from './audit.js';
import type { GlobalConfig, TestFile } from './compat.js';
import { finishWrapped } from './finish.js';
import { sendSession, withdrawSession } from './session.js';
import { type Speak, silenceTerminal } from './silence.js';

/** The reporter: `reporters: ['default', '@netaudit/jest']` in the configuration, and every test answers for its own connections. */
export default class NetauditReporter {
  readonly #options: AdapterOptions;
  readonly #config: GlobalConfig;
  readonly #speak: Speak;
  #part: Part | null = null;
  #error: Error | undefined;

  constructor(globalConfig: GlobalConfig, options: AdapterOptions = {}) {
    this.#options = options;
    this.#config = globalConfig;
    // If the run is started again, nothing that the other reporters of this process say may be seen.
    this.#speak = silenceTerminal();
  }

  /** Jest waits here, before any test is run: where the run is started again, for its end. */
  async onRunStart({ numTotalTestSuites }: { readonly numTotalTestSuites: number }): Promise<void> {
    try {
      if (numTotalTestSuites > 0) this.#part = await auditJest(this.#options, this.#config, this.#speak);
    } finally {
      this.#speak('print');
    }
    const session = this.#part?.session;
    if (session) sendSession(process.env, { ...session, root: this.#config.rootDir });
  }

  /** Jest reads the configuration of a test file's project after this. */
  onTestFileStart({ context }: TestFile): void {
    const { config } = context;
    if (this.#part?.session && config.testRunner !== runner)
      context.config = Object.freeze({ ...config, testRunner: runner, netaudit: { testRunner: config.testRunner } });
  }

  async onRunComplete(): Promise<void> {
    withdrawSession(process.env);
    if (this.#part?.wrapped) this.#error = await finishWrapped(this.#part.wrapped);
  }

  /** An error makes Jest end with a code that is not 0. */
  getLastError(): Error | undefined {
    return this.#error;
  }
}

const runner = fileURLToPath(new URL('./jest/build/runner.cjs', import.meta.url));

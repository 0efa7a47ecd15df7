import { fileURLToPath } from 'node:url';
import type { AdapterOptions, JoinedSession } from '@netaudit/core/integration';
import { auditJest } from './audit.js';
import type { GlobalConfig, TestFile } from './compat.js';
import { sendSession } from './session.js';

/** The reporter: `reporters: ['default', '@netaudit/jest']` in the configuration, and every test answers for its own connections. */
export default class NetauditReporter {
  readonly #root: string;
  readonly #part: Promise<JoinedSession | null>;
  #session: JoinedSession | null = null;

  constructor(globalConfig: GlobalConfig, options: AdapterOptions = {}) {
    this.#root = globalConfig.rootDir;
    this.#part = auditJest(options, globalConfig);
    this.#part.catch(() => {});
  }

  /** Jest waits here, before any test is run: where the run is started again, for its end. */
  async onRunStart(): Promise<void> {
    this.#session = await this.#part;
    if (this.#session) sendSession(process.env, { session: this.#session, root: this.#root });
  }

  /** Jest reads the configuration of a test file's project after this. */
  onTestFileStart({ context }: TestFile): void {
    const { config } = context;
    if (this.#session && config.testRunner !== runner)
      context.config = Object.freeze({ ...config, testRunner: runner, netaudit: { testRunner: config.testRunner } });
  }

  /** One notice where a test runner tells nothing of its tests. */
  onTestFileResult(_file: TestFile, result: { netaudit?: string }): void {
    if (result.netaudit === undefined) return;
    delete result.netaudit;
    if (!this.#told)
      process.stderr.write('netaudit: this test runner is not jest-circus: connections are charged to files, not to tests\n');
    this.#told = true;
  }

  #told = false;
}

const runner = fileURLToPath(new URL('./runner.cjs', import.meta.url));

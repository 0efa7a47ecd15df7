import { fileURLToPath } from 'node:url';
import type { JoinedSession } from '@netaudit/core/integration';
import { sendNotice } from '@netaudit/core/worker';
import type { TestProject } from 'vitest/node';
import type { Joined } from './audit.js';
import { foreignPool, whereTestsRun } from './compat.js';

/** Runs in Vitest's main process, once a project: every project whose tests run on Node, under audit, gets our setup file as its first. */
export default async function setUp({ vitest }: TestProject): Promise<void> {
  const { session, wrap } = (globalThis as { [key]?: Joined })[key] ?? {};
  const unnamed = vitest.projects.flatMap(unnamedTests);
  if (session) {
    addSetupFile(vitest, session, ['processes', 'threads']);
    if (unnamed.length > 0)
      sendNotice(session, `${unnamed.join(', ')}: these tests are not named, what they connect to is charged to the run`);
  } else if (wrap) {
    const { sessionOfWorkers } = await import('./wrap.js');
    const wrapped = await sessionOfWorkers(vitest, wrap, unnamed);
    if (wrapped) addSetupFile(vitest, wrapped, ['processes']);
  }
}

const addSetupFile = (vitest: TestProject['vitest'], session: JoinedSession, where: readonly ReturnType<typeof whereTestsRun>[]): void => {
  for (const project of vitest.projects) {
    if (!where.includes(whereTestsRun(project.config))) continue;
    if (!project.config.setupFiles.includes(setupFile)) project.config.setupFiles.unshift(setupFile);
    project.provide('netaudit', { ...session, root: vitest.config.root, project: project.name });
  }
};

/** Tests of a project that our setup file can not be loaded for, as people read it. */
const unnamedTests = ({ name, config }: TestProject): string[] => {
  const title = name === '' ? 'tests' : `tests of the project ${name}`;
  const pool = foreignPool(config);
  return [...(pool === null ? [] : [`${title} in ${pool}`]), ...(config.typecheck?.enabled ? [`type ${title}`] : [])];
};

declare module 'vitest' {
  interface ProvidedContext {
    netaudit: {
      readonly folder: string;
      readonly nonce: string;
      readonly mode: 'fail' | 'warn' | 'report';
      readonly root: string;
      readonly project: string;
    };
  }
}

const key: unique symbol = Symbol.for('netaudit.vitest.session') as never;
const setupFile = fileURLToPath(new URL('./setup.js', import.meta.url));

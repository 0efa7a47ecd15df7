import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import type { Joined } from './audit.js';

/** Runs in Vitest's main process, once a project: every project gets our setup file as its first. Browser projects run no code of ours. */
export default function setUp(project: TestProject): void {
  const { session } = (globalThis as { [key]?: Joined })[key] ?? {};
  if (!session) return;
  for (const each of project.vitest.projects) {
    if (each.config.browser?.enabled || each.config.setupFiles.includes(setupFile)) continue;
    each.config.setupFiles.unshift(setupFile);
    each.provide('netaudit', { ...session, root: project.vitest.config.root });
  }
}

declare module 'vitest' {
  interface ProvidedContext {
    netaudit: { readonly folder: string; readonly nonce: string; readonly mode: 'fail' | 'warn' | 'report'; readonly root: string };
  }
}

const key: unique symbol = Symbol.for('netaudit.vitest.session') as never;
const setupFile = fileURLToPath(new URL('./setup.js', import.meta.url));

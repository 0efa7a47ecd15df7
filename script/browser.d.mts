import type { Browser } from 'playwright-core';

export function startBrowser(env: NodeJS.ProcessEnv): Promise<Browser>;

import { chromium } from 'playwright-core';
import { Stop } from './steps.mjs';
import { browserIn } from './system-tools.mjs';

/** Chromium, without what it asks for by itself in the background. */
export function startBrowser(env) {
  const executablePath = browserIn(env.PATH);
  if (executablePath === null) throw new Stop('There is no Chromium. Type: apt-get install chromium');
  return chromium.launch({ executablePath, args: FLAGS });
}

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

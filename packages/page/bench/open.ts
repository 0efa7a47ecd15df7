import { opener, startBrowser } from '../test/browser.js';
import { generate, large } from '../test/generate.js';

/** `pnpm bench` in this package: how long pages take in headless Chromium, from the navigation until the whole page is painted. */
const main = async (): Promise<void> => {
  const browser = await startBrowser();
  const { open, close } = opener(browser);
  for (const events of [100, 10_000, 50_000]) {
    const report = generate({ ...large, events });
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { page } = await open(report);
      times.push(await page.evaluate(paintedAfter));
    }
    const sorted = times.toSorted((one, other) => one - other).map(Math.round);
    const size = Math.round(JSON.stringify(report).length / 1000);
    console.log(`${events} events, ${size} kB: median ${sorted[Math.floor(ROUNDS / 2)]} ms (${sorted.join(', ')})`);
  }
  close();
  await browser.close();
};

/** ms from the start of the navigation: when it is loaded the script has rendered, and two frames later all of it is painted. */
const paintedAfter = (): Promise<number> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now()))));

const ROUNDS = 7;

main();

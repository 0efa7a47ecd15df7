const begun = Date.now();

/** Prints one line of progress, with the time since the start. */
export function say(text) {
  console.log(`[${((Date.now() - begun) / 1000).toFixed(1).padStart(6)} s] ${text}`);
}

/** Ends the whole command: `message` says what is wrong and what to type. */
export class Stop extends Error {}

/** A named step that must succeed before the next one makes sense. `work` returns { code, output }. */
export async function mustSucceed(name, work) {
  say(name);
  const { code, output } = await work();
  if (code !== 0) throw new Stop(`${output}${name}: failed (exit code ${code})`);
}

/**
 * Runs every step, whatever became of the others, and returns the names of those that failed, and of those that can not be run on this machine: their
 * `work` returns { notRun }, which says why.
 */
export async function runAll(steps) {
  const [failed, notRun] = [[], []];
  for (const { name, work } of steps) {
    const result = await work();
    if (result.notRun !== undefined) {
      notRun.push(name);
      say(`${name}: NOT RUN. ${result.notRun}`);
      continue;
    }
    const { code, output } = result;
    if (code !== 0) failed.push(name);
    if (code !== 0) process.stdout.write(output);
    say(`${name}: ${code === 0 ? 'ok' : 'FAILED'}`);
  }
  return { failed, notRun };
}

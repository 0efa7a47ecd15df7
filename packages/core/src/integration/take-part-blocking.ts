import { prepareStrace } from '../audit/prepare.js';
import type { AdapterOptions, AdapterSettings } from './options.js';
import { ownCommand } from './own-command.js';
import { decidePart, isInability, type JoinedSession, mistakePart, type Part, unauditedPart } from './part.js';
import { replaceByRerun } from './replace.js';
import type { ProcessFacts } from './take-part.js';

/**
 * As `takePart`, for a process that can not await: a CommonJS module that is loaded before the framework. A process that starts itself again
 * does not return from here. `options` have to fit in JSON: an allowlist is a path.
 */
export const takePartBlocking = (options: () => AdapterOptions, { env, rerunRefused }: ProcessFacts): JoinedSession | null => {
  let given: AdapterOptions = {};
  const read = (): AdapterOptions => {
    given = options();
    return given;
  };
  const part = decidePart(read, env);
  return play(part.kind === 'begin' ? rerun(given, part.settings, rerunRefused()) : part);
};

/** What can be known to fail is tried first, as a process that was replaced can not go on without an audit. */
const rerun = (options: AdapterOptions, settings: AdapterSettings, refused: string | null): Exclude<Part, { kind: 'begin' }> => {
  if (refused !== null) return unauditedPart(refused, settings);
  try {
    return replaceByRerun(options, prepareStrace(ownCommand()));
  } catch (error) {
    return isInability(error) ? unauditedPart(error.message, settings) : mistakePart(error);
  }
};

/** process.stderr writes at once on Linux, to files, terminals and pipes. */
const play = (part: Exclude<Part, { kind: 'begin' }>): JoinedSession | null => {
  if (part.kind === 'joined') return part.session;
  if (part.notice !== '') process.stderr.write(part.notice);
  if (part.kind === 'exit') process.exit(part.exitCode);
  return null;
};

import { NetauditError } from '../model/error.js';
import { sidecarOf } from '../model/sidecar.js';
import type { ReportFormat } from '../reporters/index.js';
import { formats } from './formats.js';

/** The renderers of finished reports, and the log of events, which is written while a run goes on. */
export type ReporterName = ReportFormat | 'jsonl';

/** One report to make: by which reporter, and into which file; null: onto the terminal, or stdout. */
export type ReporterChoice = {
  readonly name: ReporterName;
  readonly file: string | null;
  /** Nobody asked for it: it is beside the others, and takes the place of none. */
  readonly automatic?: true;
};

/**
 * The reporters of `NAME` and `NAME=FILE` texts. Throws a NetauditError (OPTION) for a name that is none, a file without a name, two reports for one
 * file, one for where the hash of another goes, and more than one document for stdout.
 */
export const readReporters = (texts: readonly string[]): readonly ReporterChoice[] => {
  const choices = texts.map(readReporter);
  const twice = choices.find(({ file }, index) => file !== null && choices.findIndex((other) => other.file === file) < index);
  if (twice) throw refuse(`two reporters write '${twice.file}'`, 'a file of its own for each');
  const sidecar = choices.find(({ file }) => choices.some((other) => other.file !== null && file === sidecarOf(other.file)));
  if (sidecar) throw refuse(`'${sidecar.file}' is where the hash of another report goes`, 'another name');
  const [, second] = choices.filter(isDocument);
  if (second) throw refuse(`reporter '${second.name}' would be the second document on stdout`, `one, and files: ${second.name}=FILE`);
  return choices;
};

/** Whether any of them shows every event, so that a run has to keep them. */
export const showEveryEvent = (choices: readonly ReporterChoice[]): boolean => choices.some(({ name }) => factsOf(name)?.everyEvent);

/** Whether it is a document on stdout: nothing else may be there then. */
export const isDocument = ({ name, file }: ReporterChoice): boolean => file === null && !factsOf(name)?.log;

/** Whether it is no rendering of a report, but a log of events. */
export const isEventLog = ({ name }: ReporterChoice): boolean => name === 'jsonl';

/** Throws a NetauditError (OPTION) for a log of events, which only a run, or a trace, can give. */
export const refuseEventLogs = (choices: readonly ReporterChoice[]): void => {
  if (choices.some(isEventLog)) throw refuse('reports have no events to log', Object.keys(formats).join(', '));
};

export const reporterNames: readonly string[] = [...Object.keys(formats), 'jsonl'];

const readReporter = (text: string): ReporterChoice => {
  const at = text.indexOf('=');
  const [name, file] = at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
  if (!isName(name)) throw refuse(`there is no reporter '${name}'`, reporterNames.join(', '));
  if (file === '') throw refuse(`reporter '${text}' names no file`, `${name}, or ${name}=FILE`);
  return { name, file };
};

const isName = (name: string): name is ReporterName => reporterNames.includes(name);

const factsOf = (name: ReporterName): (typeof formats)[ReportFormat] | null => (name === 'jsonl' ? null : formats[name]);

const refuse = (found: string, allowed: string): NetauditError => new NetauditError('OPTION', { found, allowed });

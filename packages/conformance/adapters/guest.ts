import { tmpdir } from 'node:os';
import type { Outcome } from './project.js';

/** What a user sees of a run, such that it can be compared with a run without us: our own lines at its end, times and the folder's name are left out. */
export const seenByTheUser = ({ exitCode, stdout, stderr, files }: Outcome) => ({
  exitCode,
  stdout: timeless(stdout),
  stderr: timeless(stderr.replace(ownLines, '')),
  files: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text === null ? null : timeless(text)])),
});

/** The report of a run without violations, which is the last that is printed. */
const ownLines = /\nnetaudit: no violations\n(?: {2}.*\n)*netaudit: verdict=clean .*\n$/;

const timeless = (text: string): string =>
  text
    .replaceAll(new RegExp(`${tmpdir()}/adapter-\\w{6}`, 'g'), '<folder>')
    .replace(/\b\d+(?:\.\d+)? ?m?s\b/g, '<time>')
    .replace(/\b(duration_ms )[\d.]+/g, '$1<time>')
    // Vitest 5 tells the shares of the time.
    .replace(/^( *Duration .*?) \(.*\)$/m, '$1')
    .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z?/g, '<time>')
    .replace(/\b\d{2}:\d{2}:\d{2}\b/g, '<time>')
    .replace(/\b(time=")[\d.e-]+"/g, '$1<time>"')
    .replace(/("(?:startTime|endTime|duration)": ?)[\d.e-]+/g, '$1<time>')
    .replace(/(# time=)[\d.]+/g, '$1<time>');

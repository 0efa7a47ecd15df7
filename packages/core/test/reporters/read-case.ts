import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../src/index.js';
import { fixturesOf } from '../golden.js';

/** The report of a case in fixtures/reporters. */
export const readCase = (name: string): Report =>
  JSON.parse(readFileSync(join(fixturesOf('reporters'), name, 'report.json'), 'utf8')) as Report;

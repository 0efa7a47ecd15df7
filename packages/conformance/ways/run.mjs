#!/usr/bin/env node
// run.mjs [--rows FILE | --write] [--require MODULE] [-- AUDITOR...]: takes every way out under an auditor, and shows what arrived. In the lab. See README.md.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { netaudit } from './netaudit.mjs';
import { tableOf, writePage } from './table.mjs';
import { takeAll } from './take.mjs';

const { values, positionals } = parseArgs({
  options: {
    rows: { type: 'string' },
    write: { type: 'boolean', default: false },
    require: { type: 'string', multiple: true, default: [] },
  },
  allowPositionals: true,
});

if (process.env.NETAUDIT_LAB !== '1') {
  console.error(
    'run.mjs: run it in the lab, where nothing can leave: packages/conformance/lab/lab.sh -- node packages/conformance/ways/run.mjs',
  );
  process.exit(2);
}
const auditor = positionals.length > 0 ? { words: () => positionals, require: values.require, judge: () => null } : netaudit;
const rows = await takeAll(auditor);
if (values.write) writePage(rows);
if (values.rows) writeFileSync(values.rows, `${JSON.stringify(rows, null, 2)}\n`);
else console.log(tableOf(rows));

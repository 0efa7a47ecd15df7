import { existsSync, writeFileSync } from 'node:fs';

export default function setUp(): void {
  const mark = process.env.INNER ? 'inner-set-up' : 'set-up';
  if (existsSync(mark)) throw new Error('globalSetup runs a second time');
  writeFileSync(mark, '');
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bench } from '../bench.js';
import { pairedTable } from '../paired.js';
import { bareAndTraced } from '../subjects.js';
import type { Workload } from '../workload.js';

/** One kind of work each, by a command under `netaudit run`. */
export const load: Bench = {
  what: 'a command with very many requests, files or children',
  table: (effort) => {
    const many = effort.short ? 0.02 : 1;
    return pairedTable(
      [
        command(`${20_000 * many} requests, a connection each`, requests(20_000 * many, false)),
        command(`${20_000 * many} requests, connections kept alive`, requests(20_000 * many, true)),
        command(`${20_000 * many} files read`, files(20_000 * many)),
        command(`${500 * many} children`, children(500 * many)),
      ],
      effort,
    );
  },
};

const command = (name: string, source: string): Workload => ({
  name,
  withSupervisor: true,
  prepare: (folder) => {
    writeFileSync(join(folder, 'work.mjs'), source);
    const bare = [process.execPath, 'work.mjs'];
    return [
      ...bareAndTraced(bare, ['strace', 'least strace']),
      { name: 'netaudit', command: [process.execPath, netaudit, 'run', '--', ...bare] },
    ];
  },
});

/** Ten at a time. */
const requests = (count: number, keepAlive: boolean): string => `import http from 'node:http';
const server = http.createServer((_, response) => response.end('served'));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const agent = new http.Agent({ keepAlive: ${keepAlive}, maxSockets: 10 });
const one = () => new Promise((resolve, reject) => {
  http.get({ port: server.address().port, host: '127.0.0.1', agent }, (response) => response.resume().once('end', resolve)).once('error', reject);
});
const many = async () => { for (let n = 0; n < ${count / 10}; n += 1) await one(); };
await Promise.all(Array.from({ length: 10 }, many));
agent.destroy();
server.close();
`;

const files = (count: number): string => `import fs from 'node:fs/promises';
await fs.mkdir('files', { recursive: true });
for (let n = 0; n < 200; n += 1) await fs.writeFile('files/' + n, 'x'.repeat(2000));
for (let n = 0; n < ${count}; n += 1) await fs.readFile('files/' + n % 200);
`;

const children = (count: number): string => `import { execFileSync } from 'node:child_process';
for (let n = 0; n < ${count}; n += 1) execFileSync('/bin/true');
`;

const netaudit = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url));

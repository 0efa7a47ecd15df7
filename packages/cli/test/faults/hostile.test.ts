import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { audit, connects, js, report } from './audit.js';

describe('a command', { timeout: 30_000 }, () => {
  test('that forges markers is told of, and their number', async () => {
    const forge = `
      const fs = require('node:fs');
      for (const path of ['/.netaudit/${'0'.repeat(32)}/1.0.1/e30', '/.netaudit/nonsense', '/.netaudit/${'0'.repeat(32)}/2.0.1/e30'])
        try { fs.lchownSync(path, -1, -1) } catch {}
      process.exitCode = 5;`;
    expect(await audit(js(forge))).toMatchObject({ code: 2 });
    expect(report().gaps.map(({ kind, reason, count }) => [kind, reason.replace(/\d+/, 'N'), count])).toEqual([
      ['forged', 'a marker of another run (pid N)', 2],
      ['forged', 'a marker of an unknown form (pid N)', undefined],
    ]);
    expect(report()).toMatchObject({ verdict: 'incomplete', command: { exitCode: 5 } });
  });

  test('that ends in the middle of a marker of this run leaves the audit incomplete', async () => {
    const begin = `
      const fs = require('node:fs'); const { nonce } = JSON.parse(fs.readFileSync(process.env.NETAUDIT_SESSION + '/session.json', 'utf8'));
      try { fs.lchownSync('/.netaudit/' + nonce + '/1.0.2/e30', -1, -1) } catch {}
      process.kill(process.pid, 'SIGKILL');`;
    expect(await audit(['sh', '-c', '"$0" -e "$1"; echo on', process.execPath, begin])).toMatchObject({ code: 2 });
    expect(report()).toMatchObject({ verdict: 'incomplete', gaps: [{ kind: 'lost' }], command: { exitCode: 0 } });
    expect(report().gaps[0]?.reason).toMatch(/^thread \d+ ended in the middle of a marker/);
  });

  test('and its children find no secret of the audit in their environments and arguments', async () => {
    const look = 'tr "\\0" "\\n" </proc/$$/environ; tr "\\0" "\\n" </proc/$$/cmdline';
    const everybody = 'cat /proc/[0-9]*/cmdline | tr "\\0" "\\n" | grep "/[.]netaudit/"';
    const { stdout } = await audit(['sh', '-c', `cat "$NETAUDIT_SESSION/session.json"; ${look}; sh -c '${look}; ${everybody}'`]);
    const [, session = '', shown = ''] = /^(\{.*?\})([\s\S]*)/.exec(stdout.toString()) ?? [];
    const { nonce } = JSON.parse(session) as { nonce: string };
    expect(nonce).toMatch(/^[0-9a-f]{32}$/);
    expect(shown).toContain('PATH=');
    expect(shown).toMatch(/\/\.netaudit\/[0-9a-f]{32}\/start/);
    expect(shown).not.toContain(nonce);
  });

  test('that deletes the folder of the audit is audited all the same', async () => {
    expect(
      await audit(['sh', '-c', `rm -rf "$NETAUDIT_SESSION" "$TMPDIR"/netaudit*; "$0" -e "$1"`, process.execPath, connects(3)]),
    ).toMatchObject({ code: 1 });
    expect(report()).toMatchObject({ verdict: 'violations', gaps: [], violations: [{ count: 3 }] });
  });

  test('has the descriptors that it has without an audit, and may close them all', async () => {
    const list = ['sh', '-c', 'ls /proc/self/fd | tr "\\n" " "; exec 0<&- 1>&- 2>&-; exit 4'];
    const alone = spawnSync(list[0] as string, list.slice(1), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    const { code, stdout } = await audit(list);
    expect([code, stdout.toString()]).toEqual([4, alone.stdout]);
    expect(report()).toMatchObject({ verdict: 'clean', gaps: [] });
  });

  test('that changes its folder, its environment and its user is followed', async () => {
    const change = `
      process.chdir('/'); for (const name of Object.keys(process.env)) delete process.env[name];
      if (process.getuid() === 0) { process.setgid(64123); process.setuid(64123); }
      require('node:child_process').execFileSync(${JSON.stringify(process.execPath)}, ['-e', ${JSON.stringify(connects(2))}], { env: {} });`;
    expect(await audit(js(change))).toMatchObject({ code: 1 });
    expect(report()).toMatchObject({ verdict: 'violations', gaps: [], violations: [{ count: 2 }] });
  });
});

import { test } from 'vitest';
import { AllowList } from '../../src/allowlist/allowlist.js';
const cases = ['', '# c', 'version: 2', 'version: 1\nallowlist:\n  - familly: AF_INET\n', 'version: 1\nallowlist:\n  - family: AF_BOGUS\n    addr: 1\n    host: x\n',
 'version: 1\nallowlist:\n  - family: AF_INET\n    cidr: 10.0.0.0/33\n    port: [1, 80443, "9-2"]\n  - family: AF_UNIX\n    port: 3\n    path_glob: x\n',
 'a: [1', 'version: 1\nversion: 1', 'version: 1\nallowlist: *a', 'a: &a [x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]\n',
 'version: 1\nallowlist:\n  -\n  - family:\n  - x\n', '['.repeat(50000), 'version: 1\n---\nversion: 1\n', 'version: !!foo 1\nallowlist: {}', 'version: 1\r\nallowlist:\r\n  - {family: AF_INET, addr: 1.2.3.4/8}\r\n', 'version: 1\nallowlist: [{family: AF_INET6, cidr: "::ffff:10.0.0.0/104"}, {family: AF_UNIX, path_glob: a, path_prefix: b}, {family: AF_NETLINK, name: 12}]', 'x: &x [*x]\nversion: 1'];
test('x', () => { for (const c of cases) { const t=Date.now(); try { AllowList.fromYaml(c, 'n.yaml'); console.log('OK', JSON.stringify(c)); } catch (e: any) { console.log(e.name, e.message, '\n', e.details?.frame?.slice(0,400), e.details?.others, e.stack.slice(0, e.code?0:900), Date.now()-t); } } });

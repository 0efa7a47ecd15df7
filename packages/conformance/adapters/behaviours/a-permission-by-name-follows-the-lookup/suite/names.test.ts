import dns from 'node:dns';
import { connect } from './connect.js';
import { test } from './framework.js';

test('knows the name', async () => {
  // netaudit-allow v4only.example.test:* the sandbox has no mock
  await connect(80, 'v4only.example.test');
});
test('knows a name below it, by c-ares', async () => {
  // netaudit-allow *.example.test:4130 the sandbox has no mock
  const [address = ''] = await dns.promises.resolve4('telemetry.example.test');
  await connect(4130, address);
});
test('has looked up another name', async () => {
  // netaudit-allow payments.example.test:* the sandbox has no mock
  await connect(4131, 'refused.example.test');
});

import dns from 'node:dns';
import { connect } from './connect.js';
import { test } from './framework.js';

test('is innocent before', () => {});
test('fetches by name', async () => {
  await fetch('http://telemetry.example.test/');
});
test('is innocent between', async () => {
  await connect(9, '127.0.0.1');
});
test('connects by name', async () => {
  await connect(80, 'V4only.Example.test');
});
test('looks a name up', async () => {
  // The answer does not fit into a datagram: it is asked for again over TCP.
  await new Promise((resolve) => dns.lookup('big.example.test', 4, resolve));
});
test('is innocent after', () => {});

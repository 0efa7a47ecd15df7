import { byName, viaChild, viaDatagram, viaFetch, viaHttp, viaHttps, viaNet, viaWorker } from './clients.js';
import { test } from './framework.js';

test('net', () => viaNet(4301));
test('http', () => viaHttp(4302));
test('https', () => viaHttps(4303));
test('fetch', () => viaFetch(4304));
test('by name', () => byName('payments.example.test'));
test('datagram', () => viaDatagram(4305));
test('worker thread', () => viaWorker(4306));
test('child process', () => viaChild(4307));

// Runs inside of the lab, without any dependency: tries every kind of destination, and prints what came of it as JSON.
import { lookup, Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import tls, { rootCertificates } from 'node:tls';

const resolver = new Resolver();

const attempts = {
  'http by name': () => get('http://v4only.example.test/x'),
  'http post': () => get('http://payments.example.test/charges', { method: 'POST', body: '{"amount":5}' }),
  'http without content': () => get('http://telemetry.example.test/'),
  'http status': () => get('http://v4only.example.test/status/503'),
  'http redirect': () => get('http://api.example.test/redirect?to=https%3A%2F%2Fapi.example.test%2Fthere'),
  'https by name': () => get('https://v4only.example.test/x'),
  'https by IPv6 address': () => get('https://[2001:db8:1::80]/x'),
  'https to a client that does not know the authority': () => handshake('203.0.113.80', rootCertificates.slice(0, 1)),
  'http to a name with IPv6 only': () => get('http://v6only.example.test/x'),
  'http to a name whose IPv6 is broken': () => get('http://broken6.example.test/x'),
  'a malformed request': () => exchange('203.0.113.80', 'GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'),
  refused: () => connect('refused.example.test'),
  'refused IPv6': () => connect('2001:db8:1::81'),
  reset: () => get('http://reset.example.test/'),
  hang: () => silence('hang.example.test'),
  'black hole': () => connect('timeout.example.test'),
  'black hole IPv6': () => connect('2001:db8:dead::1'),
  unreachable: () => connect('unreachable.example.test'),
  'unreachable IPv6': () => connect('2001:db8:3::1'),
  prohibited: () => connect('prohibited.example.test'),
  'prohibited IPv6': () => connect('2001:db8:4::1'),
  'an address of no documentation range': () => connect('10.20.30.40'),
  'unknown name': () => lookup('nowhere.example.test'),
  'unknown name outside of the zone': () => lookup('www.example.com'),
  'failing name server': () => resolver.resolve4('servfail.example.test'),
  'silent name server': () => lookup('silent.example.test'),
  'slow name server': async () => (await lookup('slow.example.test')).address,
  alias: () => resolver.resolve4('alias.example.test'),
  'canonical name': () => resolver.resolveCname('alias.example.test'),
  'IPv6 of a name': () => resolver.resolve6('api.example.test'),
  'several addresses': async () => (await resolver.resolve4('multi.example.test')).sort(),
  'no address of that family': () => resolver.resolve6('payments.example.test'),
  'truncated answer, asked by c-ares': async () => (await resolver.resolve4('big.example.test')).length,
  'truncated answer, asked by libc': async () => (await lookup('big.example.test', { all: true })).length,
  'name servers': () => resolver.getServers(),
  user: () => process.getuid(),
};

async function get(url, options) {
  const response = await fetch(url, { ...options, signal: AbortSignal.timeout(5000) });
  const text = await response.text();
  if (!text) return response.status;
  const { method, url: path, tls, remote, bytes } = JSON.parse(text);
  return [response.status, method, path, tls ? 'TLS' : 'plain', remote, bytes].join(' ');
}

async function connect(host) {
  const socket = net.connect({ host, port: 80, autoSelectFamily: false });
  await once(socket, 'connect');
  socket.destroy();
  return 'connected';
}

async function exchange(host, request) {
  const socket = net.connect({ host, port: 80 });
  socket.write(request);
  const [answer] = await once(socket, 'data');
  socket.destroy();
  return answer.toString().split('\r\n')[0];
}

async function handshake(host, ca) {
  const socket = tls.connect({ host, port: 443, servername: 'api.example.test', ca });
  await once(socket, 'secureConnect');
  socket.destroy();
  return 'trusted';
}

async function silence(host) {
  const socket = net.connect({ host, port: 80 });
  await once(socket, 'connect');
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const answered = once(socket, 'data').then(() => 'answered');
  const said = await Promise.race([answered, sleep(400, 'connected, and no answer')]);
  socket.destroy();
  return said;
}

async function outcome(attempt) {
  try {
    return await attempt();
  } catch (error) {
    return (error.cause ?? error).code ?? error.message;
  }
}

const entries = Object.entries(attempts).map(async ([name, attempt]) => [name, await outcome(attempt)]);
console.log(JSON.stringify(Object.fromEntries(await Promise.all(entries))));

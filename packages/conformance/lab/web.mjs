import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** HTTP on port 80 and HTTPS on 443, which tell in JSON what they were asked. `/status/N`, `/redirect?to=URL`, `?delay=MS`. */
export async function serveEcho(addresses, certificate) {
  await listen(
    addresses.flatMap((address) => [
      [http.createServer(echo), 80, address],
      [https.createServer(certificate, echo), 443, address],
    ]),
  );
}

/** HTTP on port 80 that answers 204 to everything. */
export async function serveNothing(addresses) {
  await listen(addresses.map((address) => [http.createServer(noContent), 80, address]));
}

/** Accepts on ports 80 and 443, and resets at the first byte, or after a second of silence. */
export async function serveReset(addresses) {
  await listen(onWebPorts(addresses, resetWhenAsked));
}

/** Accepts on ports 80 and 443, and never answers. */
export async function serveSilence(addresses) {
  await listen(onWebPorts(addresses, () => {}));
}

function onWebPorts(addresses, serve) {
  return addresses.flatMap((address) => [80, 443].map((port) => [net.createServer(quietly(serve)), port, address]));
}

// A reset that comes with the accept makes the fetch of Node 20 wait for ever, now and then: it has not written yet.
function resetWhenAsked(socket) {
  const reset = () => socket.resetAndDestroy();
  const timer = setTimeout(reset, 1000);
  socket.once('data', reset);
  socket.once('close', () => clearTimeout(timer));
}

// A client that goes away is no event here; without a listener it would end the lab.
function quietly(serve) {
  return (socket) => {
    socket.on('error', () => {});
    serve(socket);
  };
}

async function listen(servers) {
  await Promise.all(servers.map(([server, port, address]) => once(server.listen(port, address), 'listening')));
}

function echo(request, response) {
  reply(request, response).catch((error) => response.writeHead(400).end(`${error.message}\n`));
}

async function reply(request, response) {
  const url = new URL(request.url, 'http://lab');
  const bytes = await countBytes(request);
  await sleep(Number(url.searchParams.get('delay') ?? 0));
  if (url.pathname === '/redirect') {
    response.writeHead(302, { location: url.searchParams.get('to') ?? '/' }).end();
    return;
  }
  const status = Number(/^\/status\/([2-5]\d\d)$/.exec(url.pathname)?.[1] ?? 200);
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(describe(request, bytes))}\n`);
}

async function countBytes(request) {
  let bytes = 0;
  for await (const chunk of request) bytes += chunk.length;
  return bytes;
}

function describe(request, bytes) {
  const { method, url, headers, socket } = request;
  return {
    method,
    url,
    host: headers.host,
    tls: Boolean(socket.encrypted),
    sni: socket.servername || undefined,
    remote: socket.remoteAddress,
    bytes,
  };
}

function noContent(request, response) {
  request.resume();
  response.writeHead(204).end();
}

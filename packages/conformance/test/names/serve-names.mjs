// serve-names.mjs CMD [ARGS...]: while CMD runs, answers as systemd-resolved (varlink) and nscd do, on their own sockets. Every name is at 203.0.113.80.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import net from 'node:net';

const address = [203, 0, 113, 80];

function resolved(socket) {
  socket.on('data', () => {
    const parameters = { addresses: [{ ifindex: 2, family: 2, address }], name: 'edge.example.test', flags: 1 };
    socket.write(`${JSON.stringify({ parameters })}\0`);
  });
}

// glibc nscd/nscd-client.h: request_header, ai_response_header. The shared cache (GETFDHST) is refused.
function nscd(socket) {
  socket.on('data', (request) => {
    if (request.readInt32LE(4) !== GETAI) return socket.destroy();
    socket.end(Buffer.concat([new Uint8Array(new Int32Array([2, 1, 1, 4, 0, 0]).buffer), Buffer.from([...address, AF_INET])]));
  });
}

async function listen(folder, name, serve) {
  mkdirSync(folder, { recursive: true });
  await once(net.createServer((socket) => serve(socket.on('error', () => {}))).listen(`${folder}/${name}`), 'listening');
}

const GETAI = 14;
const AF_INET = 2;

await listen('/run/systemd/resolve', 'io.systemd.Resolve', resolved);
await listen('/run/nscd', 'socket', nscd);
const [command = '', ...args] = process.argv.slice(2);
const [code] = await once(spawn(command, args, { stdio: 'inherit' }), 'exit');
process.exit(code ?? 1);

// node connect.mjs HOST PORT: connects, and ends with 0 whether or not somebody answers.
import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);
const socket = connect(Number(port), host);
socket.setTimeout(500);
for (const event of ['connect', 'error', 'timeout']) socket.once(event, () => socket.destroy());

// service-binding.mjs NAME ADDRESS: asks for the HTTPS record (RFC 9460) of a name, and connects to the address.
import dgram from 'node:dgram';
import net from 'node:net';

const [name = '', address = ''] = process.argv.slice(2);
const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
const query = Buffer.concat([Buffer.from('abcd01000001000000000000', 'hex'), ...labels, Buffer.from('0000410001', 'hex')]);
const socket = dgram.createSocket('udp4');
socket.on('message', () => {
  socket.close();
  net.connect(80, address, function () {
    this.destroy();
  });
});
socket.send(query, 53, '192.0.2.53');

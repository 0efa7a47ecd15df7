// resolve.mjs NAME: asks by c-ares, and connects to the first address.
import dns from 'node:dns';
import net from 'node:net';

const [address] = await dns.promises.resolve4(process.argv[2]);
net
  .connect(80, address, function () {
    this.destroy();
  })
  .on('error', () => {});

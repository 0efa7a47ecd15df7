const net = require('node:net');

const connect = (port) => new Promise((resolve) => net.connect(port, '203.0.113.10').on('error', resolve));

connect(4117);
it('charges a card', () => connect(4116));
it('is innocent', () => {});

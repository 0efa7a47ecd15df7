import net from 'node:net';

/** Tries a connection and waits for its outcome, which does not matter. */
export const connect = (port: number, host = '203.0.113.10'): Promise<void> =>
  new Promise((resolve) => {
    const socket = net.connect({ port, host });
    socket.on('error', () => resolve());
    socket.on('connect', () => {
      socket.destroy();
      resolve();
    });
  });

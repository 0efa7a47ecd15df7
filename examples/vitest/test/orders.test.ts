import { beforeEach, describe, expect, it, vi } from 'vitest';

import { placeOrder, total } from '../shop/orders.js';
import { charge } from '../shop/payments.js';
import { reportUsage } from '../shop/telemetry.js';

vi.mock('../shop/payments.js', { spy: true });
vi.mock('../shop/telemetry.js', { spy: true });

const basket = [
  { name: 'tea', price: 4.25, quantity: 2 },
  { name: 'cup', price: 9, quantity: 1 },
];

describe('orders', () => {
  beforeEach(() => {
    vi.mocked(charge).mockImplementation(async ({ order, amount }) => ({ order, cents: amount * 100 }));
    vi.mocked(reportUsage).mockResolvedValue();
  });

  it('adds up what is in the basket', () => {
    expect(total(basket)).toBe(17.5);
  });

  it('refuses an empty basket', async () => {
    await expect(placeOrder('B-1', [])).rejects.toThrow('order B-1 is empty');
  });

  it('charges the total, and reports the order', async () => {
    expect(await placeOrder('B-2', basket)).toEqual({ order: 'B-2', cents: 1750 });
    expect(charge).toHaveBeenCalledWith({ order: 'B-2', amount: 17.5 });
    expect(reportUsage).toHaveBeenCalledWith({ event: 'order placed', items: 2 });
  });
});

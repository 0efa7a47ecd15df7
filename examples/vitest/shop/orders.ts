import { charge, type Receipt } from './payments.js';
import { describeUsage, reportUsage } from './telemetry.js';

export type Item = { readonly name: string; readonly price: number; readonly quantity: number };

/** What the items cost together. */
export function total(items: readonly Item[]): number {
  return items.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
}

/** Charges the order, then reports that there was one. */
export async function placeOrder(order: string, items: readonly Item[]): Promise<Receipt> {
  if (items.length === 0) throw new RangeError(`order ${order} is empty`);
  const receipt = await charge({ order, amount: total(items) });
  await reportUsage(describeUsage(items));
  return receipt;
}

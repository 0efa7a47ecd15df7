export type Charge = { readonly order: string; readonly amount: number };
export type Receipt = { readonly order: string; readonly cents: number };

const PAYMENT_SERVICE = 'http://payments.example.test';

/** Charges a card, and returns the receipt. `amount` is in whole currency units, such as 12.5. */
export async function charge({ order, amount }: Charge, service: string = PAYMENT_SERVICE): Promise<Receipt> {
  if (!(amount > 0)) throw new RangeError(`cannot charge ${amount}`);
  const cents = Math.round(amount * 100);
  const response = await fetch(`${service}/charges`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ order, cents }),
  });
  if (!response.ok) throw new Error(`payment declined: ${response.status}`);
  return { order, cents };
}

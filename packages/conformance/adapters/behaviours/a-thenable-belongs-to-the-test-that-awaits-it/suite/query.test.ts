import { connect } from './connect.js';
import { test } from './framework.js';

/** As database clients and HTTP test clients have them: nothing is done until somebody waits for it. */
const query = (port: number, host?: string): PromiseLike<void> => ({
  // biome-ignore lint/suspicious/noThenProperty: that is what this is about.
  then: (resolve, reject) => connect(port, host).then(resolve, reject),
});

test('is innocent before', async () => {
  await query(9, '127.0.0.1');
});
test('returns a query', () => query(4901));
test('awaits a query', async () => {
  await query(4902);
});
test('awaits one late', async () => {
  await new Promise((resolve) => setTimeout(resolve, 5));
  await query(4903);
});
test('is innocent after', () => query(9, '127.0.0.1'));

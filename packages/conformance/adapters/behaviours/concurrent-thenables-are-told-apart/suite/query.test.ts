import { connect } from './connect.js';
import { test } from './framework.js';

const query = (port: number): PromiseLike<void> => ({
  // biome-ignore lint/suspicious/noThenProperty: nothing is done until somebody waits for it, as database clients do.
  then: (resolve, reject) => connect(port).then(resolve, reject),
});

for (let number = 0; number < 4; number += 1) {
  test.concurrent(`returns ${number}`, () => query(4910 + number));
  test.concurrent(`awaits ${number}`, async () => {
    await new Promise((resolve) => setTimeout(resolve, number));
    await query(4920 + number);
  });
}

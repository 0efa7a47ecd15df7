import { connect } from './connect.js';
import { test } from './framework.js';

// All ten are open at once: Jest runs up to maxConcurrency of them side by side.
for (let number = 0; number < 10; number += 1) {
  test.concurrent(`number ${number}`, async () => {
    await new Promise((resolve) => setTimeout(resolve, (number * 7) % 20));
    await connect(4100 + number, number % 2 === 0 ? '203.0.113.10' : '127.0.0.1');
    await new Promise((resolve) => setTimeout(resolve, 60));
  });
}

import { describe, test } from 'node:test';
import { connect } from './connect.js';

// All ten are open at once.
describe('together', { concurrency: true }, () => {
  for (let number = 0; number < 10; number += 1) {
    test(`number ${number}`, async () => {
      await new Promise((resolve) => setTimeout(resolve, (number * 7) % 20));
      await connect(4100 + number, number % 2 === 0 ? '203.0.113.10' : '127.0.0.1');
      await new Promise((resolve) => setTimeout(resolve, 60));
    });
  }
});

import { everything } from './everything.js';
import { describe, test } from './framework.js';

describe('together', { concurrency: 40 }, () => {
  for (let number = 0; number < 40; number += 1) test(`number ${number}`, () => everything(number));
});

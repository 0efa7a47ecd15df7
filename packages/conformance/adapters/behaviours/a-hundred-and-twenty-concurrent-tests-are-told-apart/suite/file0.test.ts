import { everything } from './everything.js';
import { test } from './framework.js';

for (let number = 0; number < 40; number += 1) test.concurrent(`number ${number}`, () => everything(number));

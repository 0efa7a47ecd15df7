import { expect, test } from 'vitest';
import { amount } from './amount.js';

test('tells an amount', () => expect(amount(5)).toBe('5'));

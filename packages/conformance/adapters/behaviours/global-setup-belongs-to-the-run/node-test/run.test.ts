import { test } from 'node:test';

test('is innocent', () => {});

import { test } from './framework.js';

test('fetches a name with a broken address', async () => {
  const { status } = await fetch('http://broken6.example.test/');
  if (status !== 200) throw new Error(`status ${status}`);
});
test('is innocent', () => {});

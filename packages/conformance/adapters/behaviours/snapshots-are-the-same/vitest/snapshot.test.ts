import { expect, test } from 'vitest';

test('has a snapshot', () => expect({ amount: 5, at: ['here', 'there'] }).toMatchSnapshot());
test.concurrent('has one too', ({ expect }) => expect('text').toMatchSnapshot('named'));
test('has a snapshot in its own file', () => expect('whole').toMatchFileSnapshot('./whole.txt'));

import { expectTypeOf, test } from 'vitest';

test('has a type', () => expectTypeOf(1).toEqualTypeOf<number>());

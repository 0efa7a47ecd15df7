// @ts-expect-error: a package without types
import { track } from 'tracker';

export async function sell(): Promise<string> {
  await track('sold');
  return 'sold';
}

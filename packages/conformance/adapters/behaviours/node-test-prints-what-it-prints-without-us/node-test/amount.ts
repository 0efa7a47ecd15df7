export const amount = (cents: number): string => (cents < 0 ? `minus ${-cents}` : `${cents}`);
export const neverCalled = (): number => 1;

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Replaces methods by wrappers that look like them: util.promisify.custom, name, length and every other property stay. */
export const wrapMethods = (
  target: object,
  names: readonly string[],
  around: (call: () => unknown, args: readonly unknown[], self: unknown) => unknown,
): void => {
  const methods = target as Record<string, unknown>;
  for (const name of names) {
    const original = methods[name];
    if (typeof original !== 'function') continue;
    const wrapper = function (this: unknown, ...args: unknown[]): unknown {
      return around(() => (original as Method).apply(this, args), args, this);
    };
    Object.defineProperties(wrapper, Object.getOwnPropertyDescriptors(original));
    methods[name] = wrapper;
  }
};

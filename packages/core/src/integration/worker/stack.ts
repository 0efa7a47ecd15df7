/** The globals that differ between the vm contexts of a thread. An error is formatted, and source-mapped, by the context it was made in. */
export type Realm = { readonly Error: ErrorConstructor };

/** An error that holds the stack of now, at most 32 frames. Making it takes a few µs; only reading its `stack` formats and source-maps it. */
export const captureStack = ({ Error: RealmError }: Realm): Error => {
  const before = getOwnPropertyDescriptor(RealmError, 'stackTraceLimit');
  set(RealmError, 'stackTraceLimit', frameLimit);
  try {
    return new RealmError('netaudit call site');
  } finally {
    if (before && 'value' in before) set(RealmError, 'stackTraceLimit', before.value);
    else if (!before) deleteProperty(RealmError, 'stackTraceLimit');
  }
};

/** The formatted stack; empty when user code's prepareStackTrace gives no text or throws. */
export const stackText = (error: Error): string => {
  try {
    const { stack } = error as { stack?: unknown };
    return typeof stack === 'string' ? stack : '';
  } catch {
    return '';
  }
};

const { getOwnPropertyDescriptor } = Object;
/** Where the property can not be written (a frozen Error), these return false and do not throw. */
const { set, deleteProperty } = Reflect;
const frameLimit = 32;

/** No line: all were passed over. */
export const none = 0;
/** A plain connect in one line, in the first of two, and the second of two: the record has it. */
export const whole = 1;
export const half = 2;
export const rest = 3;
/** A call of a thread that is not ready, or is not known to be. */
export const unready = 4;
/** Of any other line nothing is said. */
export const other = 5;

/** How far an inline permission reaches: every scope of its file, a suite with its hooks and tests, or one test. */
export type PermissionReach = 'file' | 'suite' | 'test';

/** An inline permission as a test file states it; its texts are not checked yet. */
export type StatedPermission = {
  /** `HOST:PORT` or `unix:GLOB`. */
  readonly target: string;
  readonly reason: string;
  /** `file:line:column` of a comment; for an option the file and the titles. It tells one permission from another. */
  readonly at: string;
  readonly covers: PermissionReach;
};

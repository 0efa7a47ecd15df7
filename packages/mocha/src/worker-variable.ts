/** The workers of parallel mode, and nothing else that Mocha's main process or its tests start, take part by this variable. */
export const workerVariable = 'NETAUDIT_MOCHA_SESSION';

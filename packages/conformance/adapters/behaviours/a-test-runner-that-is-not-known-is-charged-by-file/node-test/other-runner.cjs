// As if Node ran its tests by another method than the one that netaudit watches.
const { AsyncResource } = require('node:async_hooks');

const value = AsyncResource.prototype.runInAsyncScope;
Object.defineProperty(AsyncResource.prototype, 'runInAsyncScope', { value });

import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';

/**
 * Makes `resource` run its functions in the context that `within` sets, on top of the one it was made in. Node keeps the context of an
 * AsyncResource in its own properties: as a frame (`context_frame`, Node 22 on), or one store each (`kResourceStore`, until 22).
 */
export const giveContext = (resource: AsyncResource, within: <Result>(body: () => Result) => Result): void => {
  const carrier = runInAsyncScope.call(resource, () => within(() => new AsyncResource('netaudit'))) as Properties;
  for (const symbol of Object.getOwnPropertySymbols(carrier)) {
    if (contextNames.includes(symbol.description)) (resource as unknown as Properties)[symbol] = carrier[symbol];
  }
};

/** Tries it, as the names of these properties are Node's own. */
export const canGiveContext = (): boolean => {
  const outer = new AsyncLocalStorage<string>();
  const inner = new AsyncLocalStorage<string>();
  const resource = outer.run('outer', () => new AsyncResource('netaudit'));
  giveContext(resource, (body) => inner.run('inner', body));
  return runInAsyncScope.call(resource, () => outer.getStore() === 'outer' && inner.getStore() === 'inner') as boolean;
};

type Properties = Record<symbol, unknown>;

const { runInAsyncScope } = AsyncResource.prototype;
const contextNames: readonly (string | undefined)[] = ['context_frame', 'kResourceStore'];

import { useCallback, useLayoutEffect, useState } from 'preact/hooks';
import { readView, type View, writeView } from './view.js';

export type Choose = (change: Partial<View>) => void;

/** The view that the address tells, and how to change it; a change is in the address at once. */
export const useView = (): readonly [View, Choose] => {
  const [view, setView] = useState(() => readView(location.hash));
  useLayoutEffect(() => {
    const read = () => setView(readView(location.hash));
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  const choose = useCallback((change: Partial<View>) => {
    const next = { ...readView(location.hash), ...change };
    history.replaceState(null, '', `#${writeView(next)}`);
    setView(next);
  }, []);
  return [view, choose];
};

/** The address of this page with another view. */
export const linkTo = (view: View, change: Partial<View>): string => `#${writeView({ ...view, ...change })}`;

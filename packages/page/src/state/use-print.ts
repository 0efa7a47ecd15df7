import { options } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** Whether the page is laid out for paper. Rendered at once: the browser prints what is there when it has asked. */
export const usePrint = (): boolean => {
  const [printing, setPrinting] = useState(() => query().matches);
  useLayoutEffect(() => {
    const media = query();
    const change = () => atOnce(() => setPrinting(media.matches));
    const before = () => atOnce(() => setPrinting(true));
    const after = () => atOnce(() => setPrinting(false));
    media.addEventListener('change', change);
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      media.removeEventListener('change', change);
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, []);
  return printing;
};

const query = () => matchMedia('print');

const atOnce = (work: () => void): void => {
  const { debounceRendering } = options;
  options.debounceRendering = (render) => render();
  work();
  if (debounceRendering === undefined) delete options.debounceRendering;
  else options.debounceRendering = debounceRendering;
};

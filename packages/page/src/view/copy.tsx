import { useEffect, useState } from 'preact/hooks';

type Props = { readonly text: string; readonly label: string };

/** A button that copies a text, and says that it did, or that the browser does not let it. */
export const Copy = ({ text, label }: Props) => {
  const [done, setDone] = useState<boolean | null>(null);
  useEffect(() => {
    if (done === null) return undefined;
    const timer = setTimeout(() => setDone(null), 2500);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <button type="button" class="copy" onClick={() => void copied(text).then(setDone)}>
      {done === null ? label : done ? 'Copied' : 'Could not copy'}
      <span role="status" class="unseen">
        {done === null ? '' : done ? 'Copied' : 'Could not copy'}
      </span>
    </button>
  );
};

const copied = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
};

/** Where a page from a file has no clipboard. */
const copiedBySelection = (text: string): boolean => {
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
};

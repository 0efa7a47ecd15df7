import { useEffect, useState } from 'preact/hooks';

export type Theme = 'auto' | 'light' | 'dark';

/** The colours that the reader chose, kept where the browser keeps anything for a file. */
export const useTheme = (): readonly [Theme, (theme: Theme) => void] => {
  const [theme, setTheme] = useState<Theme>(kept);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    keep(theme);
    dispatchEvent(new Event('themechange'));
  }, [theme]);
  return [theme, setTheme];
};

const kept = (): Theme => {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : 'auto';
  } catch {
    return 'auto';
  }
};

const keep = (theme: Theme): void => {
  try {
    if (theme === 'auto') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // A browser may keep nothing for files: the choice then lasts as long as the page.
  }
};

const KEY = 'netaudit-theme';

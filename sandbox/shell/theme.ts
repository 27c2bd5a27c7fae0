/** Light, dark, or what the system says; kept for the next visit. */
export type Theme = 'system' | 'light' | 'dark';

const key = 'bridge-sandbox-theme';
const order: readonly Theme[] = ['system', 'light', 'dark'];

export const nextTheme = (theme: Theme): Theme => order[(order.indexOf(theme) + 1) % order.length]!;

export function storedTheme(): Theme {
  const stored = localStorage.getItem(key);
  return order.find(theme => theme === stored) ?? 'system';
}

export function applyTheme(theme: Theme): void {
  localStorage.setItem(key, theme);
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Light, dark, or as the viewer's system has it. */
const THEMES = ['light', 'dark', 'system'] as const;
export type Theme = (typeof THEMES)[number];

/** The cookie in which the choice is kept, so that the server renders in it and nothing flashes. */
export const THEME_COOKIE = 'postern_theme';

export function parseTheme(text: string | undefined): Theme {
  return THEMES.find((theme) => theme === text) ?? 'system';
}

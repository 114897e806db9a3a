'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { IconButton, Menu, MenuChoice, MenuLabel } from '@postern/console-ui';
import { THEME_COOKIE, type Theme } from './theme.ts';

const YEAR_SECONDS = 365 * 24 * 3600;
const ICONS = { light: Sun, dark: Moon, system: Monitor } as const;

/** Chooses between light, dark and the system's own. */
export function ThemeMenu({ initial }: { readonly initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  const Icon = ICONS[theme];
  const choose = (next: Theme) => {
    setTheme(next);
    document.cookie = `${THEME_COOKIE}=${next}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    if (next === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = next;
  };
  return (
    <Menu
      trigger={
        <IconButton label="Theme">
          <Icon aria-hidden />
        </IconButton>
      }
    >
      <MenuLabel>Theme</MenuLabel>
      <MenuChoice
        value={theme}
        onChange={choose}
        options={[
          { value: 'light', label: choice(Sun, 'Light') },
          { value: 'dark', label: choice(Moon, 'Dark') },
          { value: 'system', label: choice(Monitor, 'System') },
        ]}
      />
    </Menu>
  );
}

function choice(Icon: typeof Sun, label: string) {
  return (
    <>
      <Icon aria-hidden />
      {label}
    </>
  );
}

import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton, Menu } from '@postern/console-ui';

/** The commands for a row of a table, behind one button that stands above the link of the row. */
export function RowMenu({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Menu
      trigger={
        <IconButton label={label} className="relative max-md:-my-2 max-md:-mr-2">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      {children}
    </Menu>
  );
}

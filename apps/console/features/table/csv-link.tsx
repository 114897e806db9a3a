import { Download } from 'lucide-react';
import { buttonLook } from '@postern/console-ui';

/** Downloads a list as it is filtered, all of it, as CSV. */
export function CsvLink({ href }: { readonly href: string }) {
  return (
    <a href={href} download className={buttonLook('plain')}>
      <Download aria-hidden />
      <span className="max-sm:sr-only">CSV</span>
      <span className="sr-only sm:hidden"> download</span>
    </a>
  );
}

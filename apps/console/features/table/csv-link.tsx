import { Download } from 'lucide-react';
import { buttonLook } from '@postern/console-ui';
import { searchPath } from './search-of.ts';

/** Downloads a list as it is filtered and sorted, all of it, as CSV. */
export function CsvLink(props: {
  /** The path of the export. */
  readonly of: `/api/v1/${string}.csv`;
  /** What the list is asked; where a page of it begins and how long it is are nothing to the file. */
  readonly query: Readonly<Record<string, string | number | undefined>>;
}) {
  return (
    <a
      href={searchPath(props.of, { ...props.query, cursor: undefined, limit: undefined })}
      download
      className={buttonLook('plain')}
    >
      <Download aria-hidden />
      <span className="max-sm:sr-only">CSV</span>
      <span className="sr-only sm:hidden"> download</span>
    </a>
  );
}

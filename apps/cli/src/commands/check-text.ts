import type { CheckLine } from '@postern/administration';
import { plain } from '../output/plain.ts';

const MARKS: Readonly<Record<CheckLine['status'], string>> = {
  pass: 'ok     ',
  info: 'note   ',
  warn: 'WARNING',
  unknown: 'UNKNOWN',
  fail: 'FAILS  ',
};

/** The lines of a check: what was found, and under what fails what comes of it and how to mend it. */
export function checkText(lines: readonly CheckLine[]): string {
  return lines
    .map(({ status, about, found, effect, remedy }) => {
      const more = [effect, remedy].filter((each) => each !== null).map((each) => `\n         ${plain(each)}`);
      return `${MARKS[status]}  ${plain(about)}: ${plain(found)}${more.join('')}\n`;
    })
    .join('');
}

import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test.each([
  ['=HYPERLINK("http://x.example")', `"'=HYPERLINK(""http://x.example"")"`],
  ['+1', "'+1"],
  ['-1+1', "'-1+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['  =1', "'  =1"],
  ['\t=1', `"'\t'=1"`],
  ['\r=1', `"'\r'=1"`],
  ['＝1', "'＝1"],
  ['550 no; =1+1', `"550 no; '=1+1"`],
  ['one\r\n@SUM(A1)', `"one\r\n'@SUM(A1)"`],
])('%j is text to a spreadsheet, not a formula', (cell, written) => expect(csvLine([cell])).toBe(`${written}\r\n`));

test('commas, quotes and line ends stay in their cell', () => {
  expect(csvLine(['a,b', 'say "x"', 'two\r\nlines', 'plain'])).toBe('"a,b","say ""x""","two\r\nlines",plain\r\n');
});

test('numbers and answers of yes or no are written as they are, nothing as nothing', () => {
  expect(csvLine([-5, 0, true, null, ''])).toBe('-5,0,true,,\r\n');
});

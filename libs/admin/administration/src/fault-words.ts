import type { z } from 'zod';

type Issue = Parameters<z.core.$ZodErrorMap>[0];

const KINDS: Readonly<Record<string, string>> = {
  string: 'A text is expected',
  number: 'A number is expected',
  int: 'A whole number is expected',
  boolean: 'true or false is expected',
  array: 'A list is expected',
  object: 'An object is expected',
};

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'An id is expected, such as 0199c0de-0000-7000-8000-000000000000',
  email: 'An e-mail address is expected',
  datetime: 'An instant is expected, such as 2027-01-31T08:00:00Z',
  date: 'A date is expected, such as 2027-01-31',
  url: 'An address is expected, such as https://example.com',
};

/** What is wrong with a field, in words that say what to write instead; undefined where the schema has words of its own. */
export function faultWords(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'This is needed' : KINDS[issue.expected];
    case 'invalid_value':
      return `${issue.values.length > 1 ? 'One of these is expected' : 'This is expected'}: ${issue.values.join(', ')}`;
    case 'invalid_format':
      return FORMATS[issue.format];
    case 'too_small':
      if (Number(issue.minimum) === 1 && issue.origin === 'string') return 'It must not be empty';
      return `At least ${amountOf(issue.origin, Number(issue.minimum))}`;
    case 'too_big':
      return `At most ${amountOf(issue.origin, Number(issue.maximum))}`;
    default:
      return undefined;
  }
}

function amountOf(origin: string, amount: number): string {
  if (origin === 'string') return `${amount} ${amount === 1 ? 'character' : 'characters'}`;
  if (origin === 'array') return `${amount} ${amount === 1 ? 'entry' : 'entries'}`;
  return String(amount);
}

import { expect, test } from 'vitest';
import { byDestination } from './by-destination.ts';

test('days add up by destination, failures first, equal reasons together and the commonest five', () => {
  const reason = (because: string, sessions: number) => ({
    resultType: 'certificate-expired',
    host: null,
    because,
    sessions,
  });
  const day = { day: '2026-11-21', policyType: 'sts', successes: 3, failures: 0, resultTypes: [] };
  const many = Array.from({ length: 9 }, (_, index) => reason(`other ${index}`, 1));
  expect(
    byDestination([
      { ...day, domain: 'good.example' },
      { ...day, domain: 'bad.example', failures: 2, resultTypes: [reason('old', 2)] },
      {
        ...day,
        domain: 'bad.example',
        day: '2026-11-22',
        policyType: 'tlsa',
        failures: 12,
        resultTypes: [...many, reason('old', 3)],
      },
    ]),
  ).toMatchObject([
    {
      domain: 'bad.example',
      policyTypes: ['sts', 'tlsa'],
      successes: 6,
      failures: 14,
      reasons: [{ because: 'old', sessions: 5 }, {}, {}, {}, {}],
    },
    { domain: 'good.example', successes: 3, failures: 0, reasons: [] },
  ]);
});

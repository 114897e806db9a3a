import { expect } from 'vitest';
import { soundMachine, test } from '../testing/scenario.ts';
import { showListeners } from './show-listeners.ts';

test('who sets up a client is told the ports for mail, and no others', async ({ scenario: { asAuditor } }) => {
  const listeners = async () => [
    { service: 'submission', address: '[::]:587', open: true },
    { service: 'console', address: '127.0.0.1:3000', open: true },
    { service: 'relay', address: '10.0.0.1:25', open: false },
  ];
  expect(await showListeners({ ...asAuditor, machine: { ...soundMachine, listeners } }, {})).toEqual({
    ok: {
      hostname: 'gateway.example.org',
      certificate: 'given',
      listeners: [
        { service: 'submission', port: 587, open: true },
        { service: 'relay', port: 25, open: false },
      ],
    },
  });
});

import { describe, expect, it } from 'vitest';
import { chooseMechanism } from './choose.ts';
import type { ClientExchange } from './mechanism.ts';

const ME = { name: 'mé', secret: 'pässword' };

function exchange(mechanism: string): ClientExchange {
  const choice = chooseMechanism({ ...ME, mechanisms: [mechanism] }, { offers: [mechanism], channel: 'encrypted' });
  if (choice.kind !== 'chosen') throw new Error(choice.kind);
  return choice.exchange;
}

describe('the choice of a mechanism', () => {
  it('takes the first allowed one that the host offers, whatever the case', () => {
    const choice = chooseMechanism(
      { ...ME, mechanisms: ['login', 'plain'] },
      { offers: ['plain', 'Login'], channel: 'encrypted' },
    );
    expect(choice).toMatchObject({ kind: 'chosen', exchange: { mechanism: 'LOGIN' } });
  });

  it('takes none that we do not know or that is not allowed', () => {
    expect(chooseMechanism(ME, { offers: ['GSSAPI'], channel: 'encrypted' }).kind).toBe('none in common');
    expect(
      chooseMechanism({ ...ME, mechanisms: ['GSSAPI'] }, { offers: ['GSSAPI', 'PLAIN'], channel: 'encrypted' }).kind,
    ).toBe('none in common');
  });

  it('gives no secret away on a channel in clear', () => {
    expect(chooseMechanism(ME, { offers: ['PLAIN', 'LOGIN'], channel: 'clear' }).kind).toBe('needs encryption');
  });
});

describe('PLAIN', () => {
  it('says everything at once, in UTF-8', () => {
    expect(exchange('PLAIN').initialResponse).toEqual(Buffer.from('\0mé\0pässword', 'utf8'));
  });

  it('cancels when asked for more', () => {
    expect(exchange('PLAIN').respond(Buffer.from('more')).kind).toBe('cancel');
  });
});

describe('LOGIN', () => {
  it('answers name and password in this order, and is complete then and not before', () => {
    const login = exchange('LOGIN');
    expect(login.complete).toBe(false);
    expect(login.respond(Buffer.from('Username:'))).toEqual({ kind: 'response', response: Buffer.from('mé') });
    expect(login.complete).toBe(false);
    expect(login.respond(Buffer.from('Password:'))).toEqual({ kind: 'response', response: Buffer.from('pässword') });
    expect(login.complete).toBe(true);
    expect(login.respond(Buffer.from('and?')).kind).toBe('cancel');
  });
});

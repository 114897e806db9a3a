import { newMessageId } from '@postern/queue';
import { expect, test } from 'vitest';
import { recipientId, recipientKey } from './recipient-id.ts';

test('an id is read back as the key that it was made from', () => {
  const messageId = newMessageId(Date.now());
  expect(recipientKey(recipientId(messageId, 1_000))).toEqual({ messageId, number: 1_000 });
});

test.each(['', '7', 'x.1', '01890a5d-ac96-774b-bcce-b302099a8057', '01890a5d-ac96-774b-bcce-b302099a8057.x'])(
  '%j is no recipient id',
  (text) => {
    expect(() => recipientKey(text)).toThrow(TypeError);
  },
);

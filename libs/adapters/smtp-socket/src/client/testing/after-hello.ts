import type { ScriptedHostOptions } from '@postern/lab';

/** A host that pipelines. */
export const HELLO = ['220 mx', '250-mx\r\n250 PIPELINING'];
/** What lets one pipelined group through to the content. */
export const CONTENT = ['250 ok\r\n250 ok\r\n354 go on'];

/** Greets, reads one pipelined group, then says the replies: each but the first behind the content, or behind a line. */
export function afterHello(replies: readonly string[]) {
  return async (client: Parameters<ScriptedHostOptions['script']>[0]): Promise<void> => {
    client.say(HELLO[0] ?? '');
    await client.line();
    client.say(HELLO[1] ?? '');
    for (const _ of ['MAIL', 'RCPT', 'DATA']) await client.line();
    for (const [index, reply] of replies.entries()) {
      if (index > 0 && replies[index - 1]?.includes('354 ')) await client.content();
      else if (index > 0) await client.line();
      client.say(reply);
    }
  };
}

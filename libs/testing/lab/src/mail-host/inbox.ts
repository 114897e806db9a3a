import type { ReceivedMessage, Room } from './received-message.ts';

/** What a mail host has received, in bounded memory: every message is counted, the first ones are kept. */
export class Inbox {
  count = 0;
  octets = 0;
  recipients = 0;
  readonly messages: ReceivedMessage[] = [];
  /** How often each token came. */
  readonly tokens = new Map<string, number>();
  readonly room: Room;
  readonly #keepMessages: number;
  #octetsHeld = 0;

  constructor(options: { readonly keepMessages: number; readonly keepOctets: number }) {
    this.#keepMessages = options.keepMessages;
    this.room = {
      take: (octets) => {
        if (this.#octetsHeld + octets > options.keepOctets) return false;
        this.#octetsHeld += octets;
        return true;
      },
      giveBack: (octets) => {
        this.#octetsHeld -= octets;
      },
    };
  }

  receive(message: ReceivedMessage): void {
    this.count += 1;
    this.octets += message.sizeOctets;
    this.recipients += message.forwardPaths.length;
    if (message.token !== undefined) this.tokens.set(message.token, (this.tokens.get(message.token) ?? 0) + 1);
    if (this.messages.length < this.#keepMessages) this.messages.push(message);
    else this.room.giveBack(message.content?.length ?? 0);
  }

  /** The tokens that came more than once, with how often. */
  duplicates(): ReadonlyMap<string, number> {
    return new Map([...this.tokens].filter(([, times]) => times > 1));
  }

  clear(): void {
    this.count = 0;
    this.octets = 0;
    this.recipients = 0;
    for (const { content } of this.messages.splice(0)) this.room.giveBack(content?.length ?? 0);
    this.tokens.clear();
  }
}

import { createHash } from 'node:crypto';

/** A message that a mail host of the lab took. */
export interface ReceivedMessage {
  readonly reversePath: string;
  /** The parameters of MAIL as they came: `SIZE=10`, `BODY=8BITMIME` … */
  readonly mailParameters: readonly string[];
  readonly forwardPaths: readonly string[];
  /** The parameters of each RCPT, in the order of the forward-paths. */
  readonly rcptParameters: readonly (readonly string[])[];
  readonly sizeOctets: number;
  /** SHA-256 of the content, in hex; of all of it, and of what is below the header section. */
  readonly sha256: string;
  readonly bodySha256: string;
  /** The content, octet for octet; undefined when the host keeps none, or its room for contents is full. */
  readonly content: Buffer | undefined;
  /** The value of the header field that the host counts by. */
  readonly token: string | undefined;
  /** Whether all of its lines end in CRLF, with no CR or LF anywhere else (RFC 5321 §2.3.8). */
  readonly strictLines: boolean;
  readonly session: ReceivingSession;
  readonly receivedAt: Date;
}

/** What a mail host knows about the session that a message came in by. */
export interface ReceivingSession {
  /** Counts connections from 1. */
  readonly connection: number;
  readonly clientAddress: string;
  readonly clientName: string;
  readonly authenticatedAs: string | undefined;
  readonly tls:
    { readonly protocol: string; readonly cipher: string; readonly serverName: string | undefined } | undefined;
}

/** Room for contents, shared by all messages of a host. */
export interface Room {
  /** Takes room for so many octets more; false when there is none. */
  take(octets: number): boolean;
  giveBack(octets: number): void;
}

const HEADER_LIMIT = 1_048_576;

/** Reads the content of one message as it comes, in bounded memory. */
export class IncomingContent {
  #sizeOctets = 0;
  readonly #whole = createHash('sha256');
  readonly #body = createHash('sha256');
  /** The header section while it comes; undefined once the body has begun. */
  #header: Buffer | undefined = Buffer.alloc(0);
  #fields = '';
  #kept: Buffer[] | undefined = [];
  #previous = 0;
  #strictLines = true;
  readonly #room: Room;

  constructor(room: Room) {
    this.#room = room;
  }

  readonly take = (piece: Buffer): void => {
    this.#whole.update(piece);
    this.#checkLines(piece);
    if (this.#header) this.#takeHeader(piece);
    else this.#body.update(piece);
    if (this.#kept && !this.#room.take(piece.length)) this.forget();
    this.#kept?.push(Buffer.from(piece));
    this.#sizeOctets += piece.length;
  };

  /** Gives up the octets kept so far. */
  forget(): void {
    if (this.#kept) this.#room.giveBack(this.#sizeOctets);
    this.#kept = undefined;
  }

  end(
    token: string | undefined,
  ): Pick<ReceivedMessage, 'sizeOctets' | 'sha256' | 'bodySha256' | 'content' | 'token' | 'strictLines'> {
    if (this.#header) this.#fields = this.#header.toString('latin1');
    return {
      sizeOctets: this.#sizeOctets,
      sha256: this.#whole.digest('hex'),
      bodySha256: this.#body.digest('hex'),
      content: this.#kept ? Buffer.concat(this.#kept) : undefined,
      token: token === undefined ? undefined : fieldValue(this.#fields, token),
      strictLines: this.#strictLines && this.#previous !== 0x0d,
    };
  }

  #takeHeader(piece: Buffer): void {
    const header = Buffer.concat([this.#header ?? Buffer.alloc(0), piece]);
    const end = header.indexOf('\r\n\r\n');
    if (end < 0 && header.length < HEADER_LIMIT) {
      this.#header = header;
      return;
    }
    this.#fields = header.toString('latin1', 0, end < 0 ? header.length : end + 2);
    if (end >= 0) this.#body.update(header.subarray(end + 4));
    this.#header = undefined;
  }

  #checkLines(piece: Buffer): void {
    if (!this.#strictLines) return;
    let previous = this.#previous;
    for (const octet of piece) {
      if ((octet === 0x0a) !== (previous === 0x0d)) {
        this.#strictLines = false;
        return;
      }
      previous = octet;
    }
    this.#previous = previous;
  }
}

/** The value of the first field of this name, on its first line. */
function fieldValue(fields: string, name: string): string | undefined {
  const lower = fields.toLowerCase();
  const wanted = `${name.toLowerCase()}:`;
  const at = lower.startsWith(wanted) ? 0 : lower.indexOf(`\r\n${wanted}`) + 2;
  if (at === 1) return undefined;
  return fields.slice(at + wanted.length, fields.indexOf('\r\n', at)).trim();
}

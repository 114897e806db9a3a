import { EventEmitter } from 'node:events';

/**
 * Teaches a client of `pg` to read rows in the binary format.
 *
 * `pg` asks for it when told to (`binary: true`), but its parser makes text of every value, which destroys octets. In the
 * text format content would travel as hexadecimal digits: twice the octets, and a fifth more CPU from store to wire.
 * So rows that are described as binary are cut out of the stream here, and their values stay views of what was read;
 * whoever keeps one copies it. Everything else goes to the parser as it came.
 */
export function readBinaryRows(client: object): void {
  const connection = connectionOf(client);
  const attach = connection.attachListeners.bind(connection);
  connection.attachListeners = (stream) => {
    const parser = new EventEmitter();
    const rows = new BinaryRows({
      row: (fields) => connection.emit('dataRow', { name: 'dataRow', fieldCount: fields.length, fields }),
      rest: (octets) => parser.emit('data', octets),
    });
    stream.on('data', (octets: Buffer) => rows.push(octets));
    stream.on('end', () => parser.emit('end'));
    attach(parser);
  };
}

type Fields = readonly (Buffer | null)[];

/** RowDescription and DataRow, the messages of the protocol that matter here. */
const ROW_DESCRIPTION = 0x54;
const DATA_ROW = 0x44;
/** A message is its code, its length without the code, and its body. */
const HEAD_OCTETS = 5;

/** Parts the rows in the binary format from the other messages of the server. */
export class BinaryRows {
  readonly #to: { readonly row: (fields: Fields) => void; readonly rest: (octets: Buffer) => void };
  /** The beginning of a message whose end has not come yet. */
  #begun: Buffer[] = [];
  #begunOctets = 0;
  #neededOctets = HEAD_OCTETS;
  #binary = false;

  constructor(to: { readonly row: (fields: Fields) => void; readonly rest: (octets: Buffer) => void }) {
    this.#to = to;
  }

  push(octets: Buffer): void {
    this.#begun.push(octets);
    this.#begunOctets += octets.length;
    // A message of many megabytes is put together once, not with every part of it that arrives.
    if (this.#begunOctets < this.#neededOctets) return;
    const all = this.#begun.length === 1 ? octets : Buffer.concat(this.#begun);
    const end = this.#readMessages(all);
    const tail = all.subarray(end);
    this.#begun = tail.length > 0 ? [tail] : [];
    this.#begunOctets = tail.length;
    this.#neededOctets = tail.length < HEAD_OCTETS ? HEAD_OCTETS : 1 + tail.readUInt32BE(1);
  }

  /** Reads the messages that are whole; answers where they end. */
  #readMessages(octets: Buffer): number {
    let at = 0;
    let rest = 0;
    while (at + HEAD_OCTETS <= octets.length) {
      const end = at + 1 + octets.readUInt32BE(at + 1);
      if (end > octets.length) break;
      const code = octets[at];
      // The last two octets of a description are the format of its last column; a statement has one format for all.
      if (code === ROW_DESCRIPTION) this.#binary = end - at > HEAD_OCTETS + 2 && octets.readInt16BE(end - 2) === 1;
      if (code === DATA_ROW && this.#binary) {
        if (rest < at) this.#to.rest(octets.subarray(rest, at));
        this.#to.row(fieldsOf(octets, at + HEAD_OCTETS));
        rest = end;
      }
      at = end;
    }
    if (rest < at) this.#to.rest(octets.subarray(rest, at));
    return at;
  }
}

/** The body of a DataRow: a count, then for each value its length and its octets; -1 stands for null. */
function fieldsOf(octets: Buffer, offset: number): Fields {
  let at = offset + 2;
  return Array.from({ length: octets.readInt16BE(offset) }, () => {
    const length = octets.readInt32BE(at);
    at += 4;
    if (length < 0) return null;
    at += length;
    return octets.subarray(at - length, at);
  });
}

interface Connection {
  attachListeners: (stream: EventEmitter) => void;
  emit(event: string, message: object): boolean;
}

/** The types of `pg` leave a client's connection out. A test reads octets through it, and fails when it has moved. */
function connectionOf(client: object): Connection {
  return (client as { readonly connection: Connection }).connection;
}

/** A fault on our side: the client hears 4yz and comes back, a lane stops and the mail stays queued. */
export class Fault extends Error {
  override readonly name: string = 'Fault';
}

/** The store did not take or give what it was asked: it is away, full, or too slow. Nothing was changed, as far as we know. */
export class StoreUnavailable extends Fault {
  override readonly name = 'StoreUnavailable';
}

import { parseIpv6 } from '@postern/smtp';

export interface ConnectionLimits {
  readonly maxConnections: number;
  /** From one IPv4 address, or one IPv6 network of 64 bits: whoever has one address there has them all. */
  readonly maxConnectionsPerAddress: number;
}

export const DEFAULT_CONNECTION_LIMITS: ConnectionLimits = Object.freeze({
  maxConnections: 3000,
  maxConnectionsPerAddress: 2500,
});

/** Counts connections, together and by where they come from. */
export class ConnectionCounts {
  readonly #limits: ConnectionLimits;
  readonly #byOrigin = new Map<string, number>();
  #total = 0;

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
  }

  /** Counts one in when there is room for it. */
  enter(address: string): boolean {
    const origin = originOf(address);
    const fromThere = this.#byOrigin.get(origin) ?? 0;
    if (this.#total >= this.#limits.maxConnections || fromThere >= this.#limits.maxConnectionsPerAddress) return false;
    this.#total++;
    this.#byOrigin.set(origin, fromThere + 1);
    return true;
  }

  leave(address: string): void {
    const origin = originOf(address);
    const left = (this.#byOrigin.get(origin) ?? 1) - 1;
    this.#total--;
    if (left > 0) this.#byOrigin.set(origin, left);
    else this.#byOrigin.delete(origin);
  }

  get total(): number {
    return this.#total;
  }

  /** Whether four fifths of the connections are taken. */
  get isStressed(): boolean {
    return this.#total >= this.#limits.maxConnections * 0.8;
  }
}

function originOf(address: string): string {
  if (!address.includes(':')) return address;
  return parseIpv6(address)?.slice(0, 4).join(':') ?? address;
}

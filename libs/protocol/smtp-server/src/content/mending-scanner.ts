import type { ContentSummary } from '../policy.ts';
import { ContentScanner, type Scan } from './content-scanner.ts';
import { LineFeedMender } from './line-feed-mender.ts';

/** A content scanner for devices: bare LFs become CRLF before it looks, and the end of mail data stays where it was. */
export class MendingScanner {
  readonly #mender = new LineFeedMender();
  readonly #scanner = new ContentScanner();

  get isStray(): boolean {
    return this.#scanner.isStray;
  }

  get summary(): ContentSummary {
    return this.#scanner.summary;
  }

  discard(): void {
    this.#scanner.discard();
  }

  push(chunk: Buffer): Scan {
    const { octets, rest } = this.#mender.push(chunk);
    const scan = this.#scanner.push(octets);
    return { content: scan.content, rest: scan.rest === undefined ? undefined : rest };
  }
}

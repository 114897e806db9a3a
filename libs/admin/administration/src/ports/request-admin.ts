/** Requests to the API themselves: those that must not be carried out twice, and how many there may be. */
export interface RequestReads {
  /**
   * Begins a request under a key, unless one was begun in the last day. One that was begun, not carried out, and is too old
   * to be still going on is begun anew.
   */
  beginRequest(begin: RequestBegin): Promise<RequestKeyState>;

  /** Keeps the answer of a request that was carried out. */
  keepAnswer(given: { readonly id: Buffer; readonly tryId: string; readonly answer: Buffer }): Promise<void>;

  /** Forgets a key whose request was refused: nothing was made. */
  forgetRequest(given: { readonly id: Buffer; readonly tryId: string }): Promise<void>;

  /** Takes requests of a minute for somebody; answers how many of it are taken now, those with them. */
  takeRequests(taken: { readonly who: string; readonly slot: Date; readonly count: number }): Promise<number>;
}

export interface RequestBegin {
  readonly id: Buffer;
  readonly requestDigest: Buffer;
  readonly tryId: string;
}

export type RequestKeyState =
  | { readonly kind: 'begun' }
  | { readonly kind: 'going-on' }
  | { readonly kind: 'other-request' }
  /** Without an answer when the process ended between the change and its answer. */
  | { readonly kind: 'done'; readonly answer: Buffer | undefined };

/** What of requests is written with the change that they ask for. */
export interface RequestChanges {
  /** Marks the request as carried out, in this transaction. False: another try took it over. */
  markRequestDone(given: { readonly id: Buffer; readonly tryId: string }): Promise<boolean>;

  /** Lets nobody else who asks for it change the same thing until this transaction ends. */
  lockSubject(subject: string): Promise<void>;
}

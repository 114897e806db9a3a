/** How strict a listener is with what it reads. What may never be forgiven is no setting. */
export interface ListenerProfile {
  readonly name: 'standard' | 'devices';
  /** Whether AUTH and STARTTLS, which are extensions, are taken from a client that said HELO. */
  readonly extensionsAfterHelo: 'refused' | 'taken';
  /** A bare LF in mail data: the message is refused, or it becomes CRLF. It ends mail data in neither. */
  readonly bareLineFeeds: 'refused' | 'normalised';
}

/** For clients that keep to the standards. */
export const STANDARD_PROFILE: ListenerProfile = Object.freeze({
  name: 'standard',
  extensionsAfterHelo: 'refused',
  bareLineFeeds: 'refused',
});

/** For printers, scanners and meters that nobody updates. Bare CR and NUL are refused here too. */
export const DEVICE_PROFILE: ListenerProfile = Object.freeze({
  name: 'devices',
  extensionsAfterHelo: 'taken',
  bareLineFeeds: 'normalised',
});

/** What kept a device from answering, and what to do about it. */
export interface DeviceFault {
  readonly title: string;
  readonly says: string;
}

/**
 * What the fault of a browser means to the person before it; undefined when the page itself went on to something else.
 *
 * Browsers tell little on purpose (Web Authentication Level 3 §14.5): leaving it, waiting too long and having no passkey are
 * the same fault.
 */
export function whatHappened(error: unknown, asked: 'to add' | 'to sign in'): DeviceFault | undefined {
  switch (nameOf(error)) {
    case 'AbortError':
      return undefined;
    case 'InvalidStateError':
      return { title: 'This device has a passkey of your account', says: 'It signs you in already.' };
    case 'SecurityError':
      return {
        title: 'The browser takes no passkeys at this address',
        says: 'They need the console’s own name, over HTTPS.',
      };
    case 'NotSupportedError':
    case 'ConstraintError':
      return {
        title: 'This device cannot keep such a passkey',
        says: 'It must know you by a PIN, a finger or a face: set one up in the system, or use another device.',
      };
    default:
      return asked === 'to add'
        ? { title: 'No passkey was made', says: 'It was left, or took too long. Nothing has changed; try again.' }
        : {
            title: 'No passkey was shown',
            says: 'It was left, took too long, or this device has none for this console. Sign in with your password; under “Your account” you add one.',
          };
  }
}

/** The browser's own fault stands behind the library's. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return error.cause instanceof Error ? error.cause.name : error.name;
}
